"""koho-pdf: printable brochures and newsletters for Japanese city halls."""

VERSION = "0.1.0"
"""As in ``pyproject.toml`` (a test compares them): a checkout that is not installed knows no metadata of its own."""

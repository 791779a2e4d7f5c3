"""koho-pdf: printable brochures and newsletters for Japanese city halls."""

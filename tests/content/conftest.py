"""The same folder as for the tests of the room ``manuscript``."""

from tests.manuscript.conftest import folder, told

__all__ = ["folder", "told"]

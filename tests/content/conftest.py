"""The same workspace as for the tests of the room ``manuscript``: the real leaflet, to be broken."""

from tests.manuscript.conftest import folder, leaflet_text, told

__all__ = ["folder", "leaflet_text", "told"]

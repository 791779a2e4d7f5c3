"""Galley -> document: fonts, lines, vertical text, and the one door to the engine that sets pages."""

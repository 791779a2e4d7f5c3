"""An old PDF becomes an issue of the archive: its glyphs read, lines, columns and articles told."""

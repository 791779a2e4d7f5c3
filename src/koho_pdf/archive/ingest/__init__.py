"""An old PDF becomes an issue of the archive: glyphs are read, then lines, columns and articles are found."""

"""From a galley to a document: fonts, lines, vertical text, and the only door to the engine."""

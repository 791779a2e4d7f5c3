"""A PDF read once into facts, whatever it holds."""

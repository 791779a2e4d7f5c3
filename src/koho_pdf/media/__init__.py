"""Files of pictures opened: strictly, quietly, within bounds, and without what a camera noted."""

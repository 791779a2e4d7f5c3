"""Issue + layout -> galley: the words set into the designer's structure and looks, one function an edition."""

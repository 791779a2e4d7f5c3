"""Any PDF, ours or not, read once into facts and judged by a print shop's conditions; knows none of the makers."""

"""Document -> finished file: boxes, colour, metadata. The only room that writes PDFs with pikepdf."""

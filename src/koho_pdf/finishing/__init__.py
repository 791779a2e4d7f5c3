"""From a document to the finished file: boxes, colour, metadata. Only this room writes PDFs with pikepdf."""

"""The plates (版) of a PDF, pictures of them, and how much ink lies on the paper."""

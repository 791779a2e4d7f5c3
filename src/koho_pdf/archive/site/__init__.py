"""The archive as a web site: what everyone may see of it, its pages, its search."""

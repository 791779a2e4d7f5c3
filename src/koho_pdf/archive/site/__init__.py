"""The archive as a web site: its public content, its pages, its search."""

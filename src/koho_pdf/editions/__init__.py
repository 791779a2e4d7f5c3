"""The other faces of the same issue: the web page, and pictures of the pages."""

"""Searching an archive: how words are folded, the index, questions and results."""

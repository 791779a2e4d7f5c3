"""Finding in an archive: how words are folded, the index, what is asked and what is found."""

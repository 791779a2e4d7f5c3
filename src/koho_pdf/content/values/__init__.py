"""What a field of a manuscript can hold: each value read from its text, with what is wrong with it."""

"""The values that a field of a manuscript can hold: each is read from its text, and tells its mistakes."""

"""What departments send, as articles of an issue."""

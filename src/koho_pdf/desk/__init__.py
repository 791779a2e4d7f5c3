"""The desk: an issue made and checked in the browser."""

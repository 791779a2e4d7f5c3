"""Releases (校了), written once; and issues made again from their bags."""

"""Reads a PDF once into facts, whatever it holds."""

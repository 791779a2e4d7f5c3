"""Reads any PDF, ours or not, once into facts, and judges it by a print shop's conditions; knows none of our makers."""

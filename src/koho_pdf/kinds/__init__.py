"""Kinds of manuscripts as data: ``layouts/_kinds/<kind>/kind.yaml`` -> the model, its schema, the articles."""

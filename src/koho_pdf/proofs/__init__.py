"""Proofs (校正刷り) of single pages, kept fresh while somebody edits."""

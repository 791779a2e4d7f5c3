"""Proofs (校正): rounds that stay as they were, what changed between them, and what departments answer."""

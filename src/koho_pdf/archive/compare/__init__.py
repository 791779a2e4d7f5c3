"""Two issues side by side: what was added, dropped, moved and reworded."""

"""Lines of Japanese text, from characters to places: arithmetic that knows no engine (JLREQ)."""

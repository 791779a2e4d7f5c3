"""The folder that a city hall keeps: what is in it, an issue begun in it, what an issue is made of."""

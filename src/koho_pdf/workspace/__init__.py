"""The folder of a city hall: what is in it, how an issue begins in it, what an issue is made of."""

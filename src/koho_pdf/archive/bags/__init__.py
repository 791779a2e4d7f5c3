"""The bags of an archive and their register: what is kept, by whom, and whether it is all still there."""

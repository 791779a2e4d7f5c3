"""The bags of an archive and their registers: what is kept, who put it there, and whether it is all still there."""

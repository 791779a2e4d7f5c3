"""A print shop's conditions (入稿条件) and the inks it prints with."""

"""From issue and layout to galley: puts the words into the designer's templates, one function for each edition."""

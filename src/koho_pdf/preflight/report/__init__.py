"""What was found and what was ordered, for people: the report and the sheet."""

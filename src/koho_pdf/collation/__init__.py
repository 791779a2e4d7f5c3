"""照合: the words of every finished edition against the manuscript's, field by field, at every build."""

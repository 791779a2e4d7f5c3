"""Picture files: opened strictly, quietly and within limits; and copied without camera notes."""

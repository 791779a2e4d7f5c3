"""Pictures in the inks of a job, and for screens."""

"""Pictures as a job prints them and as screens show them."""

"""The rules by which facts are judged: each gives findings and opens no file."""

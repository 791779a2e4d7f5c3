"""The command line: parse, call, print. Every command is a few lines over ``pipeline`` and its rooms."""

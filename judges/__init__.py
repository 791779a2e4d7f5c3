"""Outside judges: programs of others, run on the files we make (``make judges``).

A judge is a module here with one ``Judge``; ``docs/conformance.md`` is the table of file, judge and verdict.
"""

"""Outside judges: what others wrote, run on what we make (``make judges``).

A judge is a module here with one ``Judge``; ``docs/conformance.md`` is the table of file, judge and verdict.
"""

"""Names and texts of a PDF (ISO 32000-1, 7.3.4 and 7.3.5), whose bytes are in any encoding or none.

A name is looked up in a dictionary as its bytes. It becomes a ``str`` only to be compared with a name of the standard,
or to be told.
"""

from __future__ import annotations

import pikepdf

from koho_pdf.legible import of_bytes, of_text


def name_of(value: object) -> str:
    """A name without its slash; empty if it is not a name."""
    return of_bytes(bytes(value)[1:]) if isinstance(value, pikepdf.Name) else ""


def text_of(value: object) -> str:
    """A text string (7.9.2) or a name as text, its first 1,000 signs; a name without its slash."""
    if isinstance(value, pikepdf.Name):
        return name_of(value)
    try:
        text = str(value)[:1_000]
    except UnicodeDecodeError:  # it claims to be UTF-8, and is not
        return of_bytes(bytes(value)) if isinstance(value, pikepdf.String) else ""
    return text if text.isprintable() else "\n".join(of_text(line) for line in text.splitlines())


def told(value: object) -> str:
    """An operator or a name from the content, for a message."""
    if isinstance(value, pikepdf.Name):
        return "/" + name_of(value)
    try:
        return of_text(str(value))
    except UnicodeDecodeError:
        return of_bytes(value.unparse()) if isinstance(value, pikepdf.Operator) else "?"

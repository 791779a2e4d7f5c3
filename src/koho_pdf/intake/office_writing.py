"""Writes the small Word and Excel files of forms: a ZIP of XML, the same bytes from the same form."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DAY = (1980, 1, 1, 0, 0, 0)  # a ZIP knows no earlier one


def package(parts: Mapping[str, str], types: Mapping[str, str], main: str) -> bytes:
    """The file: its XML ``parts`` by name, their content ``types``, the ``main`` one."""
    kinds = "".join(
        f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>" for name, kind in types.items()
    )
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>',
        "_rels/.rels": relations([("officeDocument", main)]),
        **parts,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in whole.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), _HEAD + part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def relations(targets: Sequence[tuple[str, str]]) -> str:
    """A list of what a part refers to: kinds and paths; their ids are r1, r2 …"""
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/relationships/{kind}" Target={quoteattr(target)}/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def text(words: str) -> str:
    """Words inside of an element."""
    return escape(words)


def attribute(words: str) -> str:
    """Words as the value of an attribute, with its quotes."""
    return quoteattr(words)

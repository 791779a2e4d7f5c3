"""The number of the format in which a file is written: ``format: 1``. It counts up when old files would be misread.

This program reads every format up to ``FORMAT``; a file that does not say which has format 0. A newer file is not
checked any further, because the findings would be wrong.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.refusal import Refusal, Unreadable, value_given
from koho_pdf.manuscript.scalar import Scalar, Tree

FORMAT = 1
"""The newest format that this program reads."""

_NUMBER = re.compile(r"[0-9]{1,9}")


def _number(value: object) -> int:
    """The number of a format. Raises ``Refusal`` and ``Unreadable``."""
    text = value_given(value)
    number = unicodedata.normalize("NFKC", text).strip()
    if not _NUMBER.fullmatch(number):
        raise Unreadable(f"「format: {FORMAT}」と書くか、行ごと消してください。", text)
    return int(number)


Format = Annotated[int, PlainValidator(_number), WithJsonSchema({"enum": list(range(FORMAT + 1))})]


def newer_format(tree: Tree) -> Finding | None:
    """The finding about a file that only a newer koho can read (``newer-format``); None if this one can read it."""
    said = tree.root.get("format") if isinstance(tree.root, dict) else None
    try:
        number = _number(said)
    except (Refusal, Unreadable):
        return None
    if number <= FORMAT:
        return None
    assert isinstance(said, Scalar)
    return error(
        "newer-format",
        f"このファイルは、新しい書き方（format: {number}）で書かれています。この koho が読めるのは {FORMAT} までです。",
        Where(tree.file, said.line, said.column, "format"),
        "koho を新しくしてください。format の数だけを書き換えても、正しくは読めません。",
    )

"""A kind of manuscript made of a few lines, and manuscripts of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from koho_pdf.content.check import check
from koho_pdf.content.public import public_manuscript
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.kind_file import kind_of
from koho_pdf.manuscript.reader import read

TOP = """format: 1
title: 試し
front: true
called: "{title}"
cover: {id: top, of: [OF]}
fields:
  title: {type: text, title: 題}
"""
HEAD = "layout: one\ndate: 令和9年3月1日\ntitle: 題\n"
"""What every manuscript begins with: three lines."""


@dataclass
class City:
    """A kind whose fields are those given, in a folder of its own."""

    folder: Path
    kind: Kind
    shared: Mapping[str, Any]

    def told(self, text: str | bytes, head: str = HEAD) -> tuple[Finding, ...]:
        """What is told of a manuscript."""
        try:
            return tuple(self._checked(text, head).findings)
        except ManuscriptError as refusal:
            return refusal.findings

    def issue(self, text: str | bytes, head: str = HEAD) -> Any:
        """A manuscript without mistakes."""
        return self._checked(text, head).issue

    def again(self, issue: Any) -> Any:
        """What is read of the manuscript that is written of an issue."""
        return self._checked(public_manuscript(issue), "").issue

    def _checked(self, text: str | bytes, head: str) -> Any:
        file = self.folder / "issue.yaml"
        file.write_bytes(head.encode() + (text.encode() if isinstance(text, str) else text))
        tree = read(file, self.folder)
        return check(tree, self.kind.model, folder=self.folder, layouts=["one"], **self.shared)


Kinds = Callable[..., City]


@pytest.fixture
def kind(tmp_path: Path) -> Kinds:
    """``kind("body: {type: paragraphs}")``: fields in YAML, a line each, by their names."""

    def make(*fields: str, **shared: Any) -> City:
        names = ", ".join(each.split(":")[0] for each in fields)
        file = tmp_path / "kind.yaml"
        file.write_text(TOP.replace("OF", names) + "".join(f"  {each}\n" for each in fields))
        return City(tmp_path, kind_of("trial", read(file, tmp_path)), shared)

    return make

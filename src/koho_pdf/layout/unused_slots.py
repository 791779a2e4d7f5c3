"""Slots of ``layout.yaml`` that no template of the layout prints in: rests of a copy, or a name that was changed in one
place only. A part of a name that a template works out may be anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from koho_pdf.findings import Finding, Where, note
from koho_pdf.layout.contract import Layout
from koho_pdf.manuscript.reader import read

_WORKED_OUT = r"\{\{.*?\}\}|\{%.*?%\}"
_SLOT = re.compile(rf"data-slot=(?:\"((?:{_WORKED_OUT}|[^\"])*)\"|'((?:{_WORKED_OUT}|[^'])*)')", re.DOTALL)
_PART = re.compile(f"({_WORKED_OUT})", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_BUILT = re.compile(r"~|\bformat\(|\bjoin\(|\+\s*[\"']")
"""How a template puts a name together."""


def unused_slots(layout: Layout, root: Path) -> tuple[Finding, ...]:
    """A note for each, at its line; ``root`` is the workspace that findings name files from."""
    if not layout.slots:
        return ()
    sources = _COMMENT.sub("", "\n".join(_sources(layout.folder, layout.shared)))
    parts = [_PART.split(first or second) for first, second in _SLOT.findall(sources)]
    names = [re.compile(_as_pattern(each), re.DOTALL) for each in parts if "".join(each[::2]).strip()]
    unused = [each for each in layout.slots if not any(name.fullmatch(each) for name in names)]
    if len(names) < len(parts):  # a whole name is worked out
        built = _BUILT.search("\n".join(_sources(layout.folder)))
        unused = [] if built else [each for each in unused if f'"{each}"' not in sources]
    if not unused:
        return ()
    path = layout.folder / "layout.yaml"
    lines, file = read(path, root).lines, path.relative_to(root).as_posix()
    return tuple(
        note(
            "slot-unused",
            f"枠「{name}」を使うひな形がありません。",
            Where(file, lines.get(f"slots.{name}"), field=f"slots.{name}"),
            f'使わないなら、この行を消してください。使うつもりなら、ひな形の data-slot を "{name}" にしてください。',
        )
        for name in unused
    )


def _sources(*folders: Path) -> Iterator[str]:
    """The templates in these folders."""
    for folder in folders:
        for path in sorted(folder.rglob("*.html")):
            yield path.read_text(encoding="utf-8", errors="replace")


def _as_pattern(parts: list[str]) -> str:
    """A name: what is written, and in turn what is worked out; words between two tags may be left out."""
    pattern = ""
    for number, part in enumerate(parts):
        if number % 2:
            pattern += ".*"
        else:
            tags = parts[number - 1 : number] + parts[number + 1 : number + 2]
            between = number > 0 and len(tags) == 2 and all(each.startswith("{%") for each in tags)
            pattern += f"(?:{re.escape(part)})?" if between else re.escape(part)
    return pattern

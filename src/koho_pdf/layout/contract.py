"""A layout's contract (``layout.yaml``): the kind of issue it takes, its trim and bleed, its colours, its slots.

A layout is data for designers: everything here is read from its own folder, and adding a layout touches no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from koho_pdf.errors import LayoutError
from koho_pdf.findings import Finding, Where, error, errors_in
from koho_pdf.geometry import MM_PER_Q
from koho_pdf.layout.colour import ProcessColour, parse_colour
from koho_pdf.layout.digits import STYLES
from koho_pdf.layout.readings import ASKED
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Node, Scalar, Tree

Colour = ProcessColour | tuple[ProcessColour, ...]
T = TypeVar("T")

_KEYS = ("kind", "title", "trim", "bleed", "pages", "colours", "slots")
_MAY = (*_KEYS, "readings", "digits")
_SLOT_KEYS = ("size", "line_feed", "chars_per_line", "lines", "indent", "direction")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for text: type ``size`` in Q, ``line_feed`` (行送り) in H, 字詰め and lines it holds.

    ``indent`` is what a column keeps free for list marks beside its text, in Q. A ``vertical`` slot's lines run down
    and follow each other to the left (CSS Writing Modes 4, ``vertical-rl``): its measure is its height.
    """

    size: float
    line_feed: float
    chars_per_line: float
    lines: int
    indent: float = 0
    vertical: bool = False

    def css(self, name: str) -> str:
        """The slot's type and fixed size; a hair (0.02 mm) wider than its measure, so that sums of widths fit it."""
        measure = (self.size * self.chars_per_line + self.indent) * MM_PER_Q
        along, across = f"{measure + 0.02:.3f}mm", f"{self.line_feed * self.lines * MM_PER_Q:.3f}mm"
        width, height = (across, along) if self.vertical else (along, across)
        mode = " writing-mode: vertical-rl;" if self.vertical else ""
        return (
            f'[data-slot="{name}"] {{{mode} width: {width}; height: {height};'
            f" font-size: {self.size * MM_PER_Q:.4f}mm; line-height: {self.line_feed * MM_PER_Q:.4f}mm }}\n"
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as its folder describes it; lengths in mm. ``pages`` 0: as many as the texts take.

    ``readings`` says where its body text gives the readings of names (``koho_pdf.layout.readings``), ``digits`` how
    its digits come out (``koho_pdf.layout.digits``).
    """

    name: str
    folder: Path
    kind: str
    title: str
    trim: tuple[float, float]
    bleed: float
    pages: int
    colours: Mapping[str, Colour]
    slots: Mapping[str, Slot]
    readings: str = "none"
    digits: str = "as-typed"

    @property
    def shared(self) -> Path:
        """What all layouts share: grid, type, macros."""
        return self.folder.parent / "_shared"

    @property
    def sample(self) -> Path:
        """The layout's own sample issue, every slot filled to its limit."""
        return self.folder / "sample"


def layout_names(folder: Path) -> tuple[str, ...]:
    """The layouts below ``folder``, by name."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/layout.yaml")))


def read_layout(folder: Path, root: Path) -> Layout:
    """The layout in ``folder``; ``root`` is the workspace that findings name files from.

    Raises LayoutError with every mistake of ``layout.yaml`` (``layout-broken``); ManuscriptError when the YAML
    itself cannot be read.
    """
    tree = read(folder / "layout.yaml", root)
    return _Contract(tree).layout(folder)


class _Contract:
    """Reads one ``layout.yaml``, collecting what is wrong with it."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._found: list[Finding] = list(errors_in(tree.findings))

    def layout(self, folder: Path) -> Layout:
        top = self._mapping(self._tree.root, "", required=_KEYS, allowed=_MAY)
        trim = self._value(top, "trim", _trim, "「210 x 297」のようにミリで書いてください。", (0.0, 0.0))
        bleed = self._value(top, "bleed", _length, "塗り足しをミリで書いてください。", 0.0)
        pages = self._value(top, "pages", _pages, "ページ数を整数で書いてください。何ページでもよければ 0 です。", 0)
        colours = {name: self._colour(f"colours.{name}", value) for name, value in self._members(top, "colours")}
        slots = {name: self._slot(f"slots.{name}", value) for name, value in self._members(top, "slots")}
        readings = self._choice(top, "readings", ASKED)
        digits = self._choice(top, "digits", STYLES)
        kind, title = str(top.get("kind", "")), str(top.get("title", ""))
        if self._found:
            raise LayoutError(*self._found)
        return Layout(folder.name, folder, kind, title, trim, bleed, pages, colours, slots, readings, digits)

    def _mapping(self, node: Node, path: str, required: tuple[str, ...], allowed: tuple[str, ...]) -> dict[str, Node]:
        found = node if isinstance(node, dict) else {}
        for key in required:
            if key not in found:
                self._tell(path, f"「{key}」がありません。", f"{'・'.join(required)} を書いてください。")
        for key in found:
            if key not in allowed:
                self._tell(
                    f"{path}.{key}".lstrip("."),
                    f"「{key}」という項目はありません。",
                    f"書けるのは {'・'.join(allowed)} です。",
                )
        return found

    def _members(self, top: dict[str, Node], key: str) -> list[tuple[str, Node]]:
        members = top.get(key, {})
        if isinstance(members, dict):
            return list(members.items())
        self._tell(
            key, f"「{key}」には名前を付けて並べてください。", "「名前: 値」を字下げして1行に1つずつ書いてください。"
        )
        return []

    def _value(
        self, group: dict[str, Node], key: str, parse: Callable[[str], T], hint: str, default: T, path: str = ""
    ) -> T:
        if key not in group:
            return default
        value = group[key]
        try:
            return parse(str(value) if isinstance(value, Scalar) else "")
        except ValueError:
            self._tell(f"{path}.{key}".lstrip("."), f"「{key}」の値「{value}」が読めません。", hint)
            return default

    def _choice(self, group: dict[str, Node], key: str, choices: tuple[str, ...]) -> str:
        """One of the choices; the first where the layout says nothing."""
        hint = f"{'・'.join(choices)} のどれかを書いてください。"
        return self._value(group, key, lambda text: choices[choices.index(text)], hint, choices[0])

    def _colour(self, path: str, value: Node) -> Colour:
        members = value if isinstance(value, list) else [value]
        colours: list[ProcessColour] = []
        for member in members:
            try:
                colours.append(parse_colour(str(member)))
            except ValueError:
                self._tell(
                    path,
                    f"色「{member}」が読めません。",
                    "「90/85/40/40」のように、シアン/マゼンタ/イエロー/ブラックを % で書いてください。",
                )
        return tuple(colours) if isinstance(value, list) else (colours or [ProcessColour(0, 0, 0, 100)])[0]

    def _slot(self, path: str, value: Node) -> Slot:
        keys = self._mapping(value, path, required=_SLOT_KEYS[:4], allowed=_SLOT_KEYS)
        hint = "数字で書いてください（大きさは Q、行送りは H）。"
        size, feed, chars = (
            self._value(keys, key, _size, hint, 0.0, path) for key in ("size", "line_feed", "chars_per_line")
        )
        lines = self._value(keys, "lines", _count, hint, 0, path)
        indent = self._value(keys, "indent", _length, hint, 0.0, path)
        ways = "horizontal（横組み）か vertical（縦組み）と書いてください。"
        return Slot(size, feed, chars, lines, indent, self._value(keys, "direction", _is_vertical, ways, False, path))

    def _tell(self, path: str, message: str, hint: str) -> None:
        where = Where(self._tree.file, self._tree.lines.get(path, 1), field=path or None)
        self._found.append(error("layout-broken", message, where, hint))


def _is_vertical(text: str) -> bool:
    return ("horizontal", "vertical").index(text) == 1


def _length(text: str) -> float:
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise ValueError(text)
    return float(text)


def _size(text: str) -> float:
    if not _length(text):
        raise ValueError(text)
    return float(text)


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d*", text):
        raise ValueError(text)
    return int(text)


def _pages(text: str) -> int:
    return 0 if text == "0" else _count(text)


def _trim(text: str) -> tuple[float, float]:
    width, _, height = text.partition("x")
    return _size(width.strip()), _size(height.strip())

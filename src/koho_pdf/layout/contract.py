"""A layout's contract (``layout.yaml``): the kind of issue it takes, its trim and bleed, its colours, its slots.

A layout is data for designers: everything here is read from its own folder, and adding a layout touches no other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from koho_pdf.errors import LayoutError
from koho_pdf.findings import Where, error
from koho_pdf.geometry import MM_PER_Q
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.known import kind_called, kind_names
from koho_pdf.layout.digits import STYLES
from koho_pdf.layout.readings import ASKED
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Node, Tree
from koho_pdf.manuscript.terms import Terms, count, length, size
from koho_pdf.press.colour import ProcessColour, parse_colour
from koho_pdf.press.inks import Tones, parse_one, parse_two

T = TypeVar("T")

Colour = ProcessColour | tuple[ProcessColour, ...]
FewInks = Mapping[str, Tones | tuple[Tones, ...]]
"""Colours in tones of the inks of a job that has fewer than four."""

_KEYS = ("kind", "title", "trim", "bleed", "pages", "colours", "slots")
_MAY = (*_KEYS, "colours_two", "colours_one", "binding", "readings", "digits", "section_colours", "omits")
EDITIONS = ("print", "screen", "web")
"""The editions that a layout has templates of its own for."""

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
    """A layout as its folder describes it; lengths in mm. ``pages`` 0: as many as the texts take. ``binding`` is the
    side it is bound on, ``left`` or ``right``.

    ``colours_two`` and ``colours_one`` say how some of the ``colours`` come out in a job of two inks and of one; the
    others are reduced (``koho_pdf.press.inks``).

    ``readings`` says where its body text gives the readings of names (``koho_pdf.layout.readings``), ``digits`` how
    its digits come out (``koho_pdf.layout.digits``). ``section_colours`` are the names of the colours that tell the
    issue's sections apart where there is no page of the layout's own: large print, article pages.

    ``omits`` says for some of its own ``EDITIONS`` which fields it leaves out on purpose, each with the reason;
    whatever else an edition does not show is an error (``koho_pdf.collation``).
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
    binding: str = "left"
    section_colours: tuple[str, ...] = ()
    colours_two: FewInks = field(default_factory=dict)
    colours_one: FewInks = field(default_factory=dict)
    omits: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def leaves_out(self, edition: str, path: str) -> bool:
        """Whether it says that an edition leaves out a field, or what that belongs to."""
        return any(path == each or path.startswith(f"{each}.") for each in self.omits.get(edition, ()))

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


def kind_of_layout(layout: Layout, root: Path) -> Kind:
    """The kind of manuscript that a layout takes; ``root`` is the workspace.

    Raises LayoutError: ``layout-broken`` where there is none of its name, and what is wrong with it.
    """
    layouts = layout.folder.parent
    if layout.kind not in kind_names(layouts):
        told = f"「{layout.kind}」という型の原稿はありません。"
        where = Where((layout.folder / "layout.yaml").relative_to(root).as_posix())
        raise LayoutError(
            error("layout-broken", told, where, f"kind に書けるのは {'・'.join(kind_names(layouts))} です。")
        )
    return kind_called(layout.kind, layouts, root)


def read_layout(folder: Path, root: Path) -> Layout:
    """The layout in ``folder``; ``root`` is the workspace that findings name files from.

    Raises LayoutError with every mistake of ``layout.yaml`` (``layout-broken``); ManuscriptError when the YAML
    itself cannot be read.
    """
    tree = read(folder / "layout.yaml", root)
    contract = _Contract(tree, folder, root)
    return contract.layout(tree.root, folder)


class _Contract(Terms):
    """Reads one ``layout.yaml``."""

    def __init__(self, tree: Tree, folder: Path, root: Path) -> None:
        super().__init__(tree, lambda message, where, hint: error("layout-broken", message, where, hint))
        self._folder, self._root = folder, root

    def layout(self, root: Node, folder: Path) -> Layout:
        top = self.mapping(root, "", required=_KEYS, allowed=_MAY)
        trim = self.value(top, "trim", _trim, "「210 x 297」のようにミリで書いてください。", (0.0, 0.0))
        bleed = self.value(top, "bleed", length, "塗り足しをミリで書いてください。", 0.0)
        pages = self.value(top, "pages", _pages, "ページ数を整数で書いてください。何ページでもよければ 0 です。", 0)
        colours = {
            name: self._colours(f"colours.{name}", value, parse_colour, _FOUR, ProcessColour(0, 0, 0, 100))
            for name, value in self.members(top, "colours")
        }
        two = self._few_inks(top, "colours_two", colours, parse_two, _TWO)
        one = self._few_inks(top, "colours_one", colours, parse_one, _ONE)
        slots = {name: self._slot(f"slots.{name}", value) for name, value in self.members(top, "slots")}
        readings = self.choice(top, "readings", ASKED)
        digits = self.choice(top, "digits", STYLES)
        binding = self.choice(top, "binding", ("left", "right"))
        sections = self._section_colours(top.get("section_colours", []), colours)
        kind, title = str(top.get("kind", "")), str(top.get("title", ""))
        omits = self._omits(top, kind)
        if self.found:
            raise LayoutError(*self.found)
        return Layout(
            *(folder.name, folder, kind, title, trim, bleed, pages, colours, slots),
            *(readings, digits, binding, sections, two, one, omits),
        )

    def _colours(self, path: str, value: Node, parse: Callable[[str], T], hint: str, black: T) -> T | tuple[T, ...]:
        """A colour, or a list of them; ``black`` for one that cannot be read."""
        colours: list[T] = []
        for member in value if isinstance(value, list) else [value]:
            try:
                colours.append(parse(str(member)))
            except ValueError:
                self.tell(path, f"色「{member}」が読めません。", hint)
                colours.append(black)
        return tuple(colours) if isinstance(value, list) else colours[0]

    def _few_inks(
        self, top: dict[str, Node], key: str, colours: Mapping[str, Colour], parse: Callable[[str], Tones], hint: str
    ) -> FewInks:
        """Tones for some of the colours, each as many as in ``colours``."""
        tones = {
            name: self._colours(f"{key}.{name}", value, parse, hint, Tones(0, 100))
            for name, value in self.members(top, key)
        }
        for name, value in tones.items():
            if name not in colours:
                self.tell(
                    f"{key}.{name}", f"色「{name}」は colours にありません。", "colours にある名前で書いてください。"
                )
            elif _members(value) != _members(colours[name]):
                self.tell(
                    f"{key}.{name}",
                    f"色「{name}」の数が colours と違います。",
                    f"{_members(colours[name]) or 1}色を、colours と同じ順、同じ形で書いてください。",
                )
        return tones

    def _section_colours(self, value: Node, colours: Mapping[str, Colour]) -> tuple[str, ...]:
        """Names of single colours among ``colours``."""
        names = [str(member) for member in value] if isinstance(value, list) else [str(value)]
        for name in names:
            if isinstance(colours.get(name, ()), tuple):
                self.tell(
                    "section_colours",
                    f"「{name}」は colours の1色ではありません。",
                    "colours にある色の名前を並べてください。",
                )
        return tuple(names)

    def _omits(self, top: dict[str, Node], kind: str) -> dict[str, dict[str, str]]:
        """Fields left out on purpose, by edition: ``web: {place: why}``."""
        editions = self.mapping(top.get("omits", {}), "omits", required=(), allowed=EDITIONS)
        layouts = self._folder.parent
        fields = kind_called(kind, layouts, self._root).model.model_fields if kind in kind_names(layouts) else None
        found: dict[str, dict[str, str]] = {}
        for edition in editions:
            for name, why in self.members(editions, edition):
                if fields is not None and name.split(".")[0] not in fields:
                    self.tell(f"omits.{edition}.{name}", f"「{name}」は、この種類の原稿の項目ではありません。", _OMITS)
                if not isinstance(why, str) or not why.strip():
                    self.tell(f"omits.{edition}.{name}", f"「{name}」を載せない理由がありません。", _OMITS)
                found.setdefault(edition, {})[name] = str(why)
        return found

    def _slot(self, path: str, value: Node) -> Slot:
        keys = self.mapping(value, path, required=_SLOT_KEYS[:4], allowed=_SLOT_KEYS)
        hint = "数字で書いてください（大きさは Q、行送りは H）。"
        type_size, feed, chars = (
            self.value(keys, key, size, hint, 0.0, path) for key in ("size", "line_feed", "chars_per_line")
        )
        lines = self.value(keys, "lines", count, hint, 0, path)
        indent = self.value(keys, "indent", length, hint, 0.0, path)
        ways = "horizontal（横組み）か vertical（縦組み）と書いてください。"
        vertical = self.value(keys, "direction", _is_vertical, ways, False, path)
        return Slot(type_size, feed, chars, lines, indent, vertical)


_OMITS = "「項目の名前: 載せない理由」の形で、1行に1つずつ書いてください。"
_FOUR = "「90/85/40/40」のように、シアン/マゼンタ/イエロー/ブラックを % で書いてください。"
_TWO = "「60/20」のように、2色目のインキ/ブラックを % で書いてください。"
_ONE = "「20」のように、ブラックを % で書いてください。"


def _members(colours: object) -> int:
    """How many a list of colours has; 0 for a single one."""
    return len(colours) if isinstance(colours, tuple) else 0


def _is_vertical(text: str) -> bool:
    return ("horizontal", "vertical").index(text) == 1


def _pages(text: str) -> int:
    return 0 if text == "0" else count(text)


def _trim(text: str) -> tuple[float, float]:
    width, _, height = text.partition("x")
    return size(width.strip()), size(height.strip())

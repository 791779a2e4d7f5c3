"""A layout's contract (``layout.yaml``): the kind of issue it takes, its trim and bleed, its colours, its slots.

A layout is data made by designers: everything is read from its own folder, and adding a layout touches no other file.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from koho_pdf.errors import KohoError, LayoutError
from koho_pdf.findings import Finding, error
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.known import kind_called, kind_names
from koho_pdf.layout.fit_rungs import misfits, rungs
from koho_pdf.layout.keep_outs import KeepOut
from koho_pdf.layout.layout_yaml import KeepOutFields, LayoutFile
from koho_pdf.layout.overflows import impossible
from koho_pdf.layout.page_sizes import counted_twice, of_another_fold, of_no_kind, of_no_page, too_large
from koho_pdf.layout.region_yaml import OverflowFields, PageTypeFields, RegionFields
from koho_pdf.layout.regions import NEXT, Margins, Overflow, PageType, Region, Rung
from koho_pdf.layout.slot import Slot
from koho_pdf.layout.slot_yaml import SlotFields, too_small_from_afar
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paths import is_in
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Node, Scalar, Tree
from koho_pdf.manuscript.settings import read_settings
from koho_pdf.press.colour import ProcessColour
from koho_pdf.press.inks import Tones

Colour = ProcessColour | tuple[ProcessColour, ...]
FewInks = Mapping[str, Tones | tuple[Tones, ...]]
"""Colours as tones of the inks of a job with fewer than four."""

EDITIONS = ("print", "screen", "web")
"""The editions for which a layout has its own templates."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as its folder describes it; lengths in mm. ``pages`` 0: as many as the texts need. ``binding`` is the
    side it is bound on, ``left`` or ``right``. ``colours_two`` and ``colours_one`` give tones for some of the
    ``colours`` in a job of two inks or one; the others are reduced (``koho_pdf.press.inks``). ``readings`` says where
    body text has readings of names (``koho_pdf.layout.readings``), ``digits`` in which width digits are printed
    (``koho_pdf.layout.digits``). ``section_colours`` names the colours of the issue's sections in large print and on
    article pages, which do not use the layout's pages. ``omits`` says, for some of its own ``EDITIONS``, which fields
    it leaves out on purpose, each with the reason; any other missing field is an error
    (``koho_pdf.collation.collation``). ``keep_outs`` are its folds and holes,
    ``page_types`` those that a page plan may name. ``fold`` is how the one sheet is folded whose panels are its pages
    (``koho_pdf.press.folds``), ``fold_margin`` how far words keep from folds, in mm. ``palette`` names the
    colours that a city may choose (``koho_pdf.layout.palette``).
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
    keep_outs: tuple[KeepOut, ...] = ()
    page_types: Mapping[str, PageType] = field(default_factory=dict)
    fold: str = ""
    fold_margin: float = 0.0
    palette: tuple[str, ...] = ()

    def leaves_out(self, edition: str, path: str) -> bool:
        """Whether it says that an edition leaves out a field, or what that belongs to; a field of an article is said by
        its kind (``notice:ask.fax``), a field of a list's groups once for all of them (``facilities.contact.fax``)."""
        paths = (path, ".".join(part for part in path.split(".") if not part.isdigit()))
        return any(is_in(each, named) for each in paths for named in self.omits.get(edition, ()))

    @property
    def shared(self) -> Path:
        """The folder that all layouts share: grid, type, macros."""
        return self.folder.parent / "_shared"

    @property
    def sample(self) -> Path:
        """The layout's sample issue, with every slot filled to its limit."""
        return self.folder / "sample"


def layout_names(folder: Path) -> tuple[str, ...]:
    """The layouts below ``folder``, by name."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/layout.yaml")))


def kind_of_layout(layout: Layout, root: Path) -> Kind:
    """The kind of issue that a layout takes; ``root`` is the workspace.

    Raises LayoutError: ``layout-broken`` where it is no kind of issue.
    """
    layouts = layout.folder.parent
    kind = kind_called(layout.kind, layouts, root)
    if not kind.front:
        told = f"「{layout.kind}」は記事の型です。レイアウトは、号の型の原稿を組みます。"
        where = where_of(read(layout.folder / "layout.yaml", root), "kind")
        hint = "kind に、号の型（kind.yaml に front: true のあるもの）を書いてください。"
        raise LayoutError(error("layout-broken", told, where, hint))
    return kind


def read_layout(folder: Path, root: Path) -> Layout:
    """The layout in ``folder``; ``root`` is the workspace that findings name files from.

    Raises LayoutError with every mistake of ``layout.yaml``; ``layout-broken`` for contradictions.
    """
    file = folder / "layout.yaml"

    def also(tree: Tree, written: LayoutFile | None) -> Iterator[Finding]:
        yield from _unfit(tree, folder.parent, root)
        yield from misfits(tree, written, folder)
        yield from (*too_large(tree, written), *of_no_page(tree, written), *counted_twice(tree, written))
        yield from too_small_from_afar(tree, written.slots) if written else ()
        yield from of_another_fold(tree, written)
        yield from impossible(_page_types(written, tree), tree) if written else ()

    written, tree = read_settings(file, root, LayoutFile, also)
    sections, palette = written.section_colours, written.palette
    omits = {edition: dict(getattr(written.omits, edition)) for edition in EDITIONS}
    return Layout(
        name=folder.name,
        folder=folder,
        kind=written.kind,
        title=written.title,
        trim=written.trim,
        bleed=written.bleed,
        pages=written.pages,
        colours=written.colours,
        slots={name: _slot(slot, rungs(tree, f"slots.{name}.fit", slot.fit)) for name, slot in written.slots.items()},
        readings=written.readings,
        digits=written.digits,
        binding=written.binding,
        fold=written.fold,
        fold_margin=written.fold_margin,
        palette=palette if isinstance(palette, tuple) else (palette,),
        section_colours=sections if isinstance(sections, tuple) else (sections,),
        colours_two=written.colours_two,
        colours_one=written.colours_one,
        omits={edition: fields for edition, fields in omits.items() if fields},
        keep_outs=tuple(_keep_out(name, each, written.binding) for name, each in written.keep_outs.items()),
        page_types=_page_types(written, tree),
    )


def _page_types(written: LayoutFile, tree: Tree) -> dict[str, PageType]:
    return {name: _page_type(name, each, tree, written.trim) for name, each in written.page_types.items()}


def _page_type(name: str, written: PageTypeFields, tree: Tree, usual: tuple[float, float]) -> PageType:
    at = f"page_types.{name}.regions"
    regions = {
        key: _region(key, each, rungs(tree, f"{at}.{key}.fit", each.fit)) for key, each in written.regions.items()
    }
    inks = written.inks if isinstance(written.inks, tuple) else (written.inks,)
    folds, across = (each if isinstance(each, tuple) else (each,) for each in (written.folds, written.folds_across))
    trim = written.trim or usual
    given = written.margins
    margins = Margins(given.gutter, given.fore_edge, given.mirrored) if given else None
    return PageType(name, written.title, regions, inks, trim, folds, across, written.folds_crossed, margins)


def _region(name: str, written: RegionFields, fit: tuple[Rung, ...]) -> Region:
    kinds = written.kinds if isinstance(written.kinds, tuple) else (written.kinds,)
    return Region(
        name=name,
        at=written.at,
        columns=written.columns,
        gutter=written.gutter,
        flow=written.flow,
        gap=written.gap,
        line_feed=written.line_feed,
        level=written.level == "true",
        vertical=written.direction == "vertical",
        kinds=kinds,
        mark=written.mark.strip(),
        clear=written.folds == "clear",
        fit=fit,
        picture=max(dict(fit).get("picture", (0.0,))),
        overflow=_overflow(written.overflow) if written.overflow else None,
    )


def _overflow(written: OverflowFields) -> Overflow:
    says = written.says or ("→ {page}ページへ続く" if written.to == NEXT else "")
    return Overflow(written.to, "" if says == "none" else says, written.continued)


def _keep_out(name: str, written: KeepOutFields, binding: str) -> KeepOut:
    right = 1 if binding == "left" else 0  # page 1 is a right page where the issue is bound on the left
    remainder = {"right": right, "left": 1 - right}.get(written.side)
    types = written.types if isinstance(written.types, tuple) else (written.types,)
    return KeepOut(name, written.at, _numbers(written.pages), remainder, types)


def _numbers(pages: int | tuple[int, ...]) -> tuple[int, ...]:
    return pages if isinstance(pages, tuple) else (pages,)


def _slot(written: SlotFields, fit: tuple[Rung, ...]) -> Slot:
    vertical = written.direction == "vertical"
    size = (written.size, written.line_feed, written.chars_per_line, written.lines, written.indent)
    return Slot(*size, vertical=vertical, fit=fit, read_from=written.read_from)


def _of_issues(layouts: Path, root: Path) -> tuple[str, ...]:
    """The kinds of issues that a workspace has, without those whose file cannot be read."""
    names: list[str] = []
    for each in kind_names(layouts):
        with suppress(KohoError):
            names += [each] if kind_called(each, layouts, root).front else []
    return tuple(names)


def _unfit(tree: Tree, layouts: Path, root: Path) -> Iterator[Finding]:
    """Contradictions with the layout's colours and with its kind of manuscript."""
    colours = tree.at("colours")
    if isinstance(colours, dict):  # otherwise it is already told
        yield from _unlike(tree, colours)
    kind = str(tree.at("kind"))
    known = None
    try:
        known = kind_called(kind, layouts, root) if kind in kind_names(layouts) else None
    except KohoError as fault:  # a kind that is broken itself is told with the layout's own mistakes
        yield from fault.findings
    if isinstance(tree.at("kind"), Scalar) and kind.strip() and kind not in kind_names(layouts):
        names = _of_issues(layouts, root)
        near = difflib.get_close_matches(kind, names, 1, 0.6)
        meant = f"「{near[0]}」のことではありませんか。" if near else ""
        told = f"「{kind[:40]}」という型の原稿はありません。"
        yield error(
            "layout-broken", told, where_of(tree, "kind"), f"{meant}kind に書けるのは {'・'.join(names)} です。"
        )
    yield from of_no_kind(tree, tuple(known.takes) if known is not None else ())
    for edition, fields in _group(tree.at("omits")).items():
        for name in _group(fields):
            if known is not None and (wrong := known.astray(name)):
                told = f"「{name}」は、この種類の原稿の項目ではありません。"
                near = difflib.get_close_matches(wrong[0], list(wrong[1]), 1, 0.6)
                meant = f"「{near[0]}」のことではありませんか。" if near else ""
                hint = f"{meant}「項目の名前: 載せない理由」の形で、1行に1つずつ書いてください。"
                yield error("layout-broken", told, where_of(tree, f"omits.{edition}.{name}"), hint)


def _unlike(tree: Tree, colours: Mapping[str, Node]) -> Iterator[Finding]:
    """Colours for fewer inks that are not in ``colours``, and section colours that do not exist."""
    for key in ("colours_two", "colours_one"):
        for name, value in _group(tree.at(key)).items():
            where = where_of(tree, f"{key}.{name}")
            if name not in colours:
                told, hint = f"色「{name}」は colours にありません。", "colours にある名前で書いてください。"
                yield error("layout-broken", told, where, hint)
            elif _members(value) != _members(colours[name]):
                told = f"色「{name}」の数が colours と違います。"
                hint = f"{_members(colours[name]) or 1}色を、colours と同じ順、同じ形で書いてください。"
                yield error("layout-broken", told, where, hint)
    said = tree.at("palette")
    for member in said if isinstance(said, list) else [said]:
        if isinstance(member, Scalar) and member.strip() and member.strip() not in colours:
            told, hint = (
                f"「{member}」は colours にありません。",
                "市が選べる色は、colours にある名前で並べてください。",
            )
            yield error("layout-broken", told, where_of(tree, member.field), hint)
    sections = tree.at("section_colours")
    for member in sections if isinstance(sections, list) else [sections]:
        if isinstance(member, Scalar) and isinstance(colours.get(member.strip(), []), list) and member.strip():
            told, hint = f"「{member}」は colours の1色ではありません。", "colours にある色の名前を並べてください。"
            yield error("layout-broken", told, where_of(tree, member.field), hint)


def _group(node: Node | None) -> Mapping[str, Node]:
    return node if isinstance(node, dict) else {}


def _members(colours: Node) -> int:
    """The length of a list of colours; 0 for a single colour."""
    return len(colours) if isinstance(colours, list) else 0

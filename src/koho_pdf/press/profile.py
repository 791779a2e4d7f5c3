"""A press profile (入稿条件, ``press/<name>.yaml``): what one print shop wants of a file, and what it prints with.

It is the print shop's own file (house rule 8): nothing in a manuscript or a layout overrides it. Lengths are in mm,
inks in percent, resolutions in pixels per inch of the placed picture.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.errors import LayoutError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.own_files import is_file
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.manuscript.settings import read_settings
from koho_pdf.press.colour import ProcessColour
from koho_pdf.press.profile_yaml import INKS, MARKS, ProfileFile, SpotFields

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")


@dataclass(frozen=True, slots=True)
class OutputCondition:
    """The printing that a file is made for (ISO 15930-7, 6.2.2): its characterisation and its ICC profile.

    ``registry`` is empty if the condition is not registered. ``profile`` separates photographs, and is embedded as
    DestOutputProfile if ``embedded``; for a registered condition the name alone may be enough (PDF/X-1a).
    """

    identifier: str
    name: str
    registry: str
    profile: Path
    embedded: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A spot ink (特色): its only name, its look in process inks, and whether it has a plate of its own. If
    ``separation`` is False, the shop puts the ink on the ``plate`` (``Cyan`` or ``Magenta``).
    """

    name: str
    colour: ProcessColour
    separation: bool
    plate: str


@dataclass(frozen=True, slots=True)
class Inks:
    """The inks of the job: ``process4``, ``kc`` (black and cyan), ``k``, or ``spot`` (black and a spot)."""

    kind: str
    spot: Spot | None = None

    @property
    def second(self) -> str:
        """The process plate used for the second ink while pages are made; empty with four inks or one."""
        if self.kind == "kc":
            return "Cyan"
        return self.spot.plate if self.spot else ""

    @property
    def plates(self) -> tuple[str, ...]:
        """The plates of the finished file, by their PDF colorant names (ISO 32000-1, 8.6.6.4)."""
        if self.kind == "process4":
            return PROCESS
        if self.spot and self.spot.separation:
            return ("Black", self.spot.name)
        return (self.second, "Black") if self.second else ("Black",)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Pixels per inch of placed pictures: below ``refuse`` an error, below ``warn`` a warning; more than ``most`` are
    reduced to it.
    """

    refuse: float
    warn: float
    most: float


@dataclass(frozen=True, slots=True)
class Press:
    """A print shop's conditions.

    ``marks`` are トンボ and others (``MARKS``), ``slug`` whether a line beside them describes the sheet. ``sheets``:
    ``single`` pages in order, reader ``spreads``, ``fold`` sheets with two pages on each side, ``saddle-stitch``;
    ``creep`` is the paper's thickness, by which each sheet of a saddle stitch pushes the next one out.
    ``page_multiple`` 1: any number of pages. ``file_name`` names the file sent, with ``{issue}`` and ``{press}``. Tints
    below ``least_dot`` percent do not print (0: all do). ``printing`` is the process, by which GWG 2022 sets its
    thresholds: ``sheet`` (offset), ``newspaper``, ``digital``. ``page_inks`` are smaller sets of inks that single pages
    may have, ``pages_per_side`` how many pages the shop lays on one side of its sheet (0: it has not said).
    ``fold_margin`` is how far words keep from folds, in mm.
    """

    name: str
    title: str
    standard: str
    condition: OutputCondition
    inks: Inks
    bleed: float
    total_ink: float
    continuous: Resolution
    bitmap: Resolution
    paper: str
    sumi_nose: str
    rich_black: ProcessColour
    marks: tuple[str, ...]
    slug: bool
    safe_margin: float
    sheets: str
    creep: float
    page_multiple: int
    file_name: str
    printing: str
    least_dot: float = 0.0
    page_inks: tuple[str, ...] = ()
    pages_per_side: int = 0
    fold_margin: float = 3.0


def press_names(folder: Path) -> tuple[str, ...]:
    """The profiles in ``folder``, by name."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def read_press(name: str, folder: Path, root: Path) -> Press:
    """The profile ``name`` of ``folder``; ``root`` is the workspace that findings name files from.

    Raises LayoutError: ``unknown-press`` when there is none of this name; otherwise with every mistake of the file;
    ``press-broken`` for contradictions, ``profile-missing`` when the ICC profile that it names is missing or a
    different one.
    """
    if unknown := unknown_press(name, folder, root):
        raise LayoutError(unknown)

    def also(tree: Tree, written: ProfileFile | None) -> Iterator[Finding]:
        yield from _unfit(tree, written, folder)

    written, _ = read_settings(folder / f"{name}.yaml", root, ProfileFile, also)
    condition, ppi, marks = written.output_condition, written.ppi, written.marks
    return Press(
        name=name,
        title=written.title,
        standard=written.standard,
        condition=OutputCondition(
            condition.identifier,
            condition.name,
            "" if condition.registry == "none" else condition.registry,
            folder / condition.profile,
            condition.embedded,
        ),
        inks=Inks(written.inks, _spot(written.spot)),
        bleed=written.bleed,
        total_ink=written.total_ink,
        continuous=Resolution(ppi.refuse, ppi.warn, ppi.most),
        bitmap=Resolution(ppi.refuse_bitmap, ppi.warn_bitmap, ppi.most_bitmap),
        paper=written.paper,
        sumi_nose=written.sumi_nose,
        rich_black=written.rich_black,
        marks=tuple(mark for mark in MARKS if mark in _several(marks)),
        slug=written.slug,
        safe_margin=written.safe_margin,
        sheets=written.sheets,
        creep=written.creep,
        page_multiple=written.page_multiple,
        file_name=written.file_name,
        printing=written.printing,
        least_dot=written.least_dot,
        page_inks=tuple(each for each in INKS if each in _several(written.page_inks)),
        pages_per_side=written.pages_per_side,
        fold_margin=written.fold_margin,
    )


def _several(written: str | tuple[str, ...]) -> tuple[str, ...]:
    return written if isinstance(written, tuple) else (written,)


def unknown_press(name: str, folder: Path, root: Path, where: Where | None = None) -> Finding | None:
    """The finding about a name that no profile of ``folder`` has (``unknown-press``); ``where`` is the place of the
    name.
    """
    names = press_names(folder)
    if name in names:
        return None
    if not names:
        told = f"入稿条件のフォルダー「{folder.relative_to(root).as_posix()}」がないか、空です。"
        hint = f"{folder.name} フォルダーを、もとの作業場から写してください（入稿条件「{name}」などが入っています）。"
        return error("unknown-press", told, where, hint)
    near = difflib.get_close_matches(name, names, 1, 0.5)
    hint = f"「{near[0]}」のことではありませんか。" if near else ""
    told = f"入稿条件「{name[:40]}」がありません。"
    return error("unknown-press", told, where, f"{hint}ある入稿条件: {'・'.join(names)}")


def _spot(written: SpotFields | None) -> Spot | None:
    return Spot(written.name, written.colour, written.way == "separation", written.plate) if written else None


def _unfit(tree: Tree, written: ProfileFile | None, folder: Path) -> Iterator[Finding]:
    """Contradictions in the file, or with the ICC profile that it names."""
    profile, wanted = (tree.at(f"output_condition.{name}") for name in ("profile", "sha256"))
    said = wanted.strip() if isinstance(wanted, str) else ""
    if isinstance(profile, str) and profile.strip() and not _is_output_profile(folder / profile.strip(), said):
        yield error(
            "profile-missing",
            f"出力プロファイル {profile} がないか、別のものです。",
            where_of(tree, "output_condition.profile"),
            "印刷所から受け取るか、発行元（Japan Color は日本印刷産業機械工業会、ICC の登録簿は"
            " https://www.color.org/registry）から入手して press/profiles に置き、sha256 を合わせてください。",
        )
    inks = tree.at("inks")
    if isinstance(inks, str) and inks.strip() in INKS and (inks.strip() == "spot") != (tree.at("spot") is not None):
        yield error(
            "press-broken",
            "特色の仕事には spot が要り、ほかの仕事には書けません。",
            where_of(tree, "inks"),
            "inks: spot と spot: をそろえてください。",
        )
    if written is not None:
        yield from _unfit_pages(tree, written)
    if written is None or written.standard == "plain" or written.output_condition.embedded:
        return
    if written.standard == "PDF/X-4":
        yield error(
            "press-broken",
            "PDF/X-4 には出力プロファイルが要ります。",
            where_of(tree, "output_condition.embedded"),
            "embedded: yes としてください。",
        )
    if written.output_condition.registry == "none":
        yield error(
            "press-broken",
            "名前だけの出力条件には、登録先が要ります。",
            where_of(tree, "output_condition.registry"),
            "registry: http://www.color.org のように書くか、embedded: yes としてください。",
        )


def _unfit_pages(tree: Tree, written: ProfileFile) -> Iterator[Finding]:
    """Inks of pages that are not among those of the job, and sides that cannot be folded."""
    fewer = {"process4": ("process4", "kc", "k"), "kc": ("kc", "k"), "spot": ("spot", "k")}.get(written.inks, ("k",))
    if wrong := [each for each in _several(written.page_inks) if each not in fewer]:
        yield error(
            "press-broken",
            f"inks が {written.inks} の仕事では、ページのインキに {'・'.join(wrong)} は選べません。",
            where_of(tree, "page_inks"),
            f"{'・'.join(fewer)} のうちから選んでください。",
        )
    count = written.pages_per_side
    if count > 1 and (count % 2 or written.sheets != "single"):
        yield error(
            "press-broken",
            f"1つの面に {count} ページは並びません。"
            if count % 2
            else "pages_per_side は、面付けを印刷所がする仕事（sheets: single）にだけ書きます。",
            where_of(tree, "pages_per_side"),
            "印刷所の面付けを尋ねて、2・4・8 のように書くか、行を消してください。",
        )


def _is_output_profile(path: Path, sha256: str) -> bool:
    """Whether the file is an ICC output profile of process colours, by its header (ISO 15076-1, 7.2), with this
    checksum (empty: any).
    """
    if not is_file(path):
        return False
    try:
        content = path.read_bytes()
    except OSError:
        return False
    is_profile = content[16:20] == b"CMYK" and content[36:40] == b"acsp"
    return is_profile and sha256 in ("", hashlib.sha256(content).hexdigest())

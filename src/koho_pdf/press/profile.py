"""A press profile (入稿条件, ``press/<name>.yaml``): what one print shop wants of a file, and what it prints with.

It is the print shop's own file (house rule 8): nothing in a manuscript or a layout overrides it. Lengths are mm, inks
percent, resolutions pixels per inch of the placed picture.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.errors import LayoutError
from koho_pdf.findings import error
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Node
from koho_pdf.manuscript.terms import Terms, length, size
from koho_pdf.press.colour import ProcessColour, parse_colour

STANDARDS = ("PDF/X-4", "PDF/X-1a:2003", "plain")
INKS = ("process4", "kc", "k", "spot")
MARKS = ("corner", "centre", "fold", "wedge", "register")
SHEETS = ("single", "spreads", "fold", "saddle-stitch")
PRINTING = ("sheet", "newspaper", "digital")
SUMI_NOSE = ("data", "rip", "off")
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")

_REQUIRED = ("title", "standard", "output_condition", "inks", "bleed", "total_ink", "ppi", "paper")
_CONDITION = ("identifier", "name", "registry", "profile", "sha256", "embedded")
_SPOT = ("as", "name", "colour", "plate")
_PPI = ("refuse", "warn", "most", "refuse_bitmap", "warn_bitmap", "most_bitmap")
_MAY = (
    *_REQUIRED,
    *("spot", "sumi_nose", "rich_black", "marks", "slug", "safe_margin"),
    *("sheets", "creep", "page_multiple", "file_name", "printing", "least_dot"),
)
_FILE_NAME = re.compile(r"([A-Za-z0-9_.-]|\{issue\}|\{press\})+")


@dataclass(frozen=True, slots=True)
class OutputCondition:
    """The printing that a file is made for (ISO 15930-7, 6.2.2): its characterisation and its ICC profile.

    ``registry`` is empty for a condition in no registry. ``profile`` separates photographs, and is embedded as
    DestOutputProfile where ``embedded`` says so; a registered condition may go by its name alone (PDF/X-1a).
    """

    identifier: str
    name: str
    registry: str
    profile: Path
    embedded: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A spot ink (特色): its one name, what it looks like in process inks, and whether it has a plate of its own.

    ``separation`` False: a stand-in, printed from ``plate`` (``Cyan`` or ``Magenta``), on which the shop puts the ink.
    """

    name: str
    colour: ProcessColour
    separation: bool
    plate: str


@dataclass(frozen=True, slots=True)
class Inks:
    """What the job is printed with: ``process4``, ``kc`` (black and cyan), ``k``, or ``spot`` (black and a spot)."""

    kind: str
    spot: Spot | None = None

    @property
    def second(self) -> str:
        """The process plate that carries the ink beside black while pages are made; empty with four inks or one."""
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
    brought down to it."""

    refuse: float
    warn: float
    most: float


@dataclass(frozen=True, slots=True)
class Press:
    """A print shop's conditions.

    ``marks`` are トンボ and their kin (``MARKS``), ``slug`` whether a line beside them says what the sheet is.
    ``sheets``: ``single`` pages in order, reader ``spreads``, ``fold`` sheets of two pages a side, ``saddle-stitch``;
    ``creep`` is the paper's thickness, by which each sheet of a saddle stitch sends the next one out.
    ``page_multiple`` 1: any number of pages. ``file_name`` names the file sent, with ``{issue}`` and ``{press}``.
    Tints below ``least_dot`` percent do not print (0: every one does).
    ``printing`` is the process, by which GWG 2022 sets its thresholds: ``sheet`` (offset), ``newspaper``, ``digital``.
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


def press_names(folder: Path) -> tuple[str, ...]:
    """The profiles in ``folder``, by name."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def read_press(name: str, folder: Path, root: Path) -> Press:
    """The profile ``name`` of ``folder``; ``root`` is the workspace that findings name files from.

    Raises LayoutError: ``unknown-press`` when there is none of this name, ``press-broken`` with every mistake of the
    file, ``profile-missing`` when the ICC profile it names is not there or is another one; ManuscriptError when it is
    no YAML.
    """
    if name not in press_names(folder):
        if not press_names(folder):
            told = f"入稿条件のフォルダー「{folder.relative_to(root).as_posix()}」がないか、空です。"
            hint = (
                f"{folder.name} フォルダーを、もとの作業場から写してください（入稿条件「{name}」などが入っています）。"
            )
            raise LayoutError(error("unknown-press", told, hint=hint))
        known = "・".join(press_names(folder))
        raise LayoutError(error("unknown-press", f"入稿条件「{name}」がありません。", hint=f"ある入稿条件: {known}"))
    tree = read(folder / f"{name}.yaml", root)
    terms = _Press(tree, lambda message, where, hint: error("press-broken", message, where, hint))
    return terms.press(name, tree.root, folder)


class _Press(Terms):
    """Reads one profile."""

    def press(self, name: str, root: Node, folder: Path) -> Press:
        top = self.mapping(root, "", _REQUIRED, _MAY)
        percent, mm = "インキの量を % の数で書いてください。", "長さをミリの数で書いてください。"
        made = Press(
            name,
            self._text(top, "title"),
            self.choice(top, "standard", STANDARDS),
            self._condition(top.get("output_condition"), folder),
            self._inks(top),
            self.value(top, "bleed", length, mm, 0.0),
            self.value(top, "total_ink", size, percent, 300.0),
            *self._resolutions(top.get("ppi")),
            self._text(top, "paper"),
            self.choice(top, "sumi_nose", SUMI_NOSE),
            self.value(top, "rich_black", parse_colour, _INKS_HINT, ProcessColour(40, 40, 40, 100)),
            self._marks(top.get("marks", [])),
            self.value(top, "slug", _yes, "yes か no と書いてください。", False),
            self.value(top, "safe_margin", length, mm, 3.0),
            self.choice(top, "sheets", SHEETS),
            self.value(top, "creep", length, mm, 0.0),
            self.value(top, "page_multiple", _multiple, "1・2・4 のどれかを書いてください。", 1),
            self.value(top, "file_name", _file_name, _FILE_HINT, "{issue}_{press}"),
            self.choice(top, "printing", PRINTING),
            self.value(top, "least_dot", length, percent, 0.0),
        )
        if not self.found and made.standard == "PDF/X-4" and not made.condition.embedded:
            self.tell(
                "output_condition.embedded",
                "PDF/X-4 には出力プロファイルが要ります。",
                "embedded: yes としてください。",
            )
        if (
            not self.found
            and made.standard != "plain"
            and made.condition.registry == ""
            and not made.condition.embedded
        ):
            self.tell(
                "output_condition.registry",
                "名前だけの出力条件には、登録先が要ります。",
                "registry: http://www.color.org のように書くか、embedded: yes としてください。",
            )
        if self.found:
            raise LayoutError(*self.found)
        return made

    def _condition(self, node: Node | None, folder: Path) -> OutputCondition:
        group = self.mapping(node, "output_condition", _CONDITION[:4], _CONDITION)
        at = "output_condition"
        profile = folder / self._text(group, "profile", at)
        embedded = self.value(group, "embedded", _yes, "yes か no と書いてください。", True, at)
        wanted = self._text(group, "sha256", at)
        if "profile" in group and not _is_output_profile(profile, wanted):
            self.found.append(
                error(
                    "profile-missing",
                    f"出力プロファイル {group['profile']} がないか、別のものです。",
                    self.where(f"{at}.profile"),
                    "印刷所から受け取るか、発行元（Japan Color は日本印刷産業機械工業会、ICC の登録簿は"
                    " https://www.color.org/registry）から入手して press/profiles に置き、sha256 を合わせてください。",
                )
            )
        registry = self._text(group, "registry", at)
        identifier, name = self._text(group, "identifier", at), self._text(group, "name", at)
        return OutputCondition(identifier, name, "" if registry == "none" else registry, profile, embedded)

    def _inks(self, top: dict[str, Node]) -> Inks:
        kind = self.choice(top, "inks", INKS)
        if (kind == "spot") != ("spot" in top):
            self.tell(
                "inks",
                "特色の仕事には spot が要り、ほかの仕事には書けません。",
                "inks: spot と spot: をそろえてください。",
            )
            return Inks("k")
        if kind != "spot":
            return Inks(kind)
        group = self.mapping(top["spot"], "spot", _SPOT[:3], _SPOT)
        way = self.choice(group, "as", ("separation", "standin"), "spot")
        plate = self.choice(group, "plate", ("Cyan", "Magenta"), "spot")
        colour = self.value(group, "colour", parse_colour, _INKS_HINT, ProcessColour(0, 0, 0, 100), "spot")
        return Inks(kind, Spot(self._text(group, "name", "spot"), colour, way == "separation", plate))

    def _resolutions(self, node: Node | None) -> tuple[Resolution, Resolution]:
        group = self.mapping(node, "ppi", _PPI)
        values = [self.value(group, key, size, "解像度を ppi の数で書いてください。", 1.0, "ppi") for key in _PPI]
        return Resolution(*values[:3]), Resolution(*values[3:])

    def _marks(self, node: Node) -> tuple[str, ...]:
        members = [str(member) for member in node] if isinstance(node, list) else [str(node)]
        if any(member not in MARKS for member in members):
            self.tell("marks", "「marks」の値が読めません。", f"[{', '.join(MARKS)}] から選んで並べてください。")
        return tuple(mark for mark in MARKS if mark in members)

    def _text(self, group: dict[str, Node], key: str, path: str = "") -> str:
        return self.value(group, key, _said, "1行の文字で書いてください。", "", path).strip()


_INKS_HINT = "「40/40/40/100」のように、シアン/マゼンタ/イエロー/ブラックを % で書いてください。"
_FILE_HINT = "半角の英数字と _ - . だけで書いてください。{issue} は号、{press} は入稿条件の名前になります。"


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError(text)
    return text


def _yes(text: str) -> bool:
    return ("no", "yes").index(text) == 1


def _multiple(text: str) -> int:
    return (1, 2, 4)[("1", "2", "4").index(text)]


def _file_name(text: str) -> str:
    if not _FILE_NAME.fullmatch(text):
        raise ValueError(text)
    return text


def _is_output_profile(path: Path, sha256: str) -> bool:
    """Whether the file is an ICC output profile of process colours, by its header (ISO 15076-1, 7.2), and the one
    with this checksum (empty: any)."""
    if not path.is_file():
        return False
    content = path.read_bytes()
    is_profile = content[16:20] == b"CMYK" and content[36:40] == b"acsp"
    return is_profile and sha256 in ("", hashlib.sha256(content).hexdigest())

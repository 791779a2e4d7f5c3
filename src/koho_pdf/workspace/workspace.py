"""A workspace: the folder with ``koho.yaml``, ``content/``, ``layouts/``, ``fonts/`` that a city hall keeps."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Annotated

from koho_pdf.content.departments import DepartmentEntry, departments_of
from koho_pdf.errors import KohoError, UsageError
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.layout.city import City
from koho_pdf.layout.layout_yaml import Colours
from koho_pdf.legible import is_plain, of_text
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.readable import matching, words
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.manuscript.settings import Settings, key, read_settings
from koho_pdf.platform.installed import SHIPPED
from koho_pdf.press.profile import read_press, unknown_press
from koho_pdf.workspace.faces_of_city import FacesFields, chosen_faces, unchosen
from koho_pdf.workspace.style_of_city import StyleFields, style_of

if TYPE_CHECKING:
    from koho_pdf.archive.bags.provenance import Source


class KohoFile(Settings):
    """A whole ``koho.yaml``."""

    called = "koho.yaml（作業場の約束）"
    owner = "koho.yaml は、どの号にも共通のファイルです。"

    municipality: Annotated[str, words()] = key(
        "市の名前", "この作業場の市（町・村）の名前。表紙などに載ります。", "留萌市"
    )
    area_code: Annotated[
        str, matching(r"0[0-9]{1,4}", "「0164」のように、0 から始まる半角の数字で書いてください。")
    ] = key("市外局番", "市外局番。紙面には印刷されず、電話のリンクにだけ使います。", "0164", default="")
    press: Annotated[str, words()] = key(
        "入稿条件", "いつもの入稿条件（press の中のファイルの、.yaml を除いた名前）。", "offset-coated"
    )
    site: Annotated[
        str,
        matching(
            r"https?://[!-~]+/",
            "「https://www.example.jp/koho/{issue}/」のように、/ で終えてください。{issue} は号の名前になります。",
        ),
    ] = key(
        "アドレス",
        "号の web フォルダーを置くアドレス。/ で終え、{issue} は号の名前になります。",
        "https://www.example.jp/koho/{issue}/",
        default="",
    )
    rights: Annotated[str, words()] = key(
        "権利", "保存庫の控えに書く、権利についての断り書き。", "著作権は留萌市にあります。", default=""
    )
    readings: dict[
        str,
        Annotated[
            str,
            matching(
                "[ぁ-ゖゝゞァ-ヺーヽヾ・]+",
                "「留萌: るもい」のように、名前とその読み（かな）を1行に1つずつ書いてください。",
            ),
        ],
    ] = key(
        "読み",
        "名前とその読み（かな）。レイアウトが求めるところに、ルビとして付きます。",
        {"留萌": "るもい"},
        default={},
    )
    departments: dict[str, DepartmentEntry] = key(
        "課",
        "課の名前と、その電話番号・ファクス・メール・場所など。記事の問合せに名前だけ書くと、全部が載ります。",
        {"税務課": "42-1805"},
        default={},
    )
    palette: Colours = key(
        "市の色",
        "レイアウトが市に開いている色（layout.yaml の palette）を、市の色（C/M/Y/K、%）に替えます。"
        "1つのレイアウトだけなら「flyer/red」のように書きます。",
        {"navy": "80/30/60/40"},
        default={},
    )
    faces: FacesFields | None = key(
        "市の書体",
        "紙面の書体。koho fonts で見られる書体（付いてくるものと、fonts/own.yaml に登録した市のもの）から選びます。",
        default=None,
    )
    style: StyleFields | None = key("書き方", "文章の書き方と、人の名前の決まり。校閲が使います。", default=None)


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a workspace; enough for reading an archive, which needs no ``koho.yaml``."""

    root: Path
    samples: bool = field(default=False, kw_only=True)
    """Whether ``archive`` is the archive of samples."""

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def layouts(self) -> Path:
        return self.root / "layouts"

    @property
    def fonts(self) -> Path:
        return self.root / "fonts"

    @property
    def archive_layouts(self) -> Path:
        """The layouts for an archive's pages: the workspace's, or the program's if it has none, because an archive may
        be all that is left.
        """
        return self._own_or_ours("layouts", "_archive/*.css")

    @property
    def proof_layouts(self) -> Path:
        """The layouts for papers of proofs: the workspace's, or the program's if it has none yet."""
        return self._own_or_ours("layouts", "_rounds/*.html")

    @property
    def stand_ins(self) -> Path:
        """Faces for old PDFs that embed none; the program's if the workspace has none."""
        return self._own_or_ours("fonts", "*.ttf")

    def _own_or_ours(self, name: str, what: str) -> Path:
        own, ours = self.root / name, SHIPPED / name
        return ours if any(ours.glob(what)) and not any(own.glob(what)) else own

    @property
    def press(self) -> Path:
        return self.root / "press"

    @property
    def archive(self) -> Path:
        """保存庫: past issues, one folder each; samples (見本) have one of their own."""
        return self.root / ("archive-samples" if self.samples else "archive")

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def cache(self) -> Path:
        """The user's cache folder (XDG Base Directory; a relative path is ignored), for what can be made again. For a
        user without a home it is a temporary folder.
        """
        base = Path(os.environ.get("XDG_CACHE_HOME", ""))
        with suppress(RuntimeError):
            base = base if base.is_absolute() else Path.home() / ".cache"
        return (base if base.is_absolute() else Path(gettempdir())) / "koho-pdf"


@dataclass(frozen=True, slots=True)
class Workspace(Folders):
    """The folders of a workspace, and its city (what every issue shares)."""

    city: City


def open_workspace(root: Path, *, samples: bool = False) -> Workspace:
    """The workspace in ``root``; with ``samples`` its archive is the archive of samples. Raises UsageError
    (``no-workspace``) if there is no ``koho.yaml``, LayoutError for mistakes in it.
    """
    root = root.resolve()
    if not (root / "koho.yaml").is_file():
        raise UsageError(
            error(
                "no-workspace",
                f"{root} に koho.yaml がありません。",
                hint="作業場のフォルダーに移るか、-C で作業場のフォルダーを示してください。",
            )
        )
    if not is_plain(str(root)):
        told = f"作業場のフォルダーの名前「{of_text(str(root))}」に、UTF-8 でない文字か制御文字があります。"
        raise UsageError(error("no-workspace", told, hint="フォルダーの名前を付け直してください。"))
    said, tree = read_settings(
        root / "koho.yaml", root, KohoFile, lambda tree, _: (*_unfit(tree, root), *departments_of(tree)[1])
    )
    press = read_press(said.press, root / "press", root)
    departments = departments_of(tree)[0]
    style = style_of(said.style or StyleFields(), said.area_code, departments)
    city = City(
        said.municipality,
        said.area_code,
        press,
        said.readings,
        said.site,
        tree.lines,
        departments,
        style,
        said.palette,
        chosen_faces(said.faces),
    )
    return Workspace(root, city, samples=samples)


def _unfit(tree: Tree, root: Path) -> Iterator[Finding]:
    """Findings for a print shop without a file, for faces that are not there, and for a reading of an empty name."""
    yield from unchosen(tree, root)
    press = tree.at("press")
    if isinstance(press, str) and press.strip():
        unknown = unknown_press(press.strip(), root / "press", root, where_of(tree, "press"))
        yield from (unknown,) if unknown else ()
    readings = tree.at("readings")
    if isinstance(readings, dict) and any(not name.strip() for name in readings):
        hint = "「留萌: るもい」のように、読みの前に名前を書いてください。"
        yield error("desk-broken", "読みだけがあって、名前がありません。", where_of(tree, "readings"), hint)


def keeper(root: Path, by: str = "", why: str = "") -> Source:
    """Who issues the workspace's publications, as far as ``koho.yaml`` says; an archive works without one."""
    from koho_pdf.archive.bags.provenance import Source

    try:
        told = read(root / "koho.yaml", root).root
    except KohoError:
        told = {}
    said = {key: value for key, value in told.items() if isinstance(value, str)} if isinstance(told, dict) else {}
    organization, rights = (" ".join(said.get(key, "").split()) for key in ("municipality", "rights"))
    return Source(organization, rights, by, why)


def unnamed(source: Source) -> tuple[Finding, ...]:
    """A warning when something goes into an archive and ``koho.yaml`` does not say who issued it."""
    told = "koho.yaml から発行者（municipality）が読めないので、袋に発行者の名前が入りません。"
    hint = "koho.yaml に「municipality: 留萌市」のように書いてからしまうと、袋と台帳からだれのものかがわかります。"
    return () if source.organization else (warning("archive-no-organization", told, Where("koho.yaml"), hint),)

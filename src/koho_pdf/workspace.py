"""A workspace: the folder with ``koho.yaml``, ``content/``, ``layouts/``, ``fonts/`` that a city hall keeps."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir

from koho_pdf.archive.provenance import Source
from koho_pdf.errors import KohoError, LayoutError, UsageError
from koho_pdf.findings import Finding, Where, error, errors_in, warning
from koho_pdf.layout.galley import Desk
from koho_pdf.legible import is_plain, of_text
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Node, Tree
from koho_pdf.press.profile import read_press

_KEYS = ("municipality", "area_code", "press")
_KANA = re.compile(r"[ぁ-ゖゝゞァ-ヺーヽヾ・]+")


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a workspace; whoever reads only what is kept in them needs no desk."""

    root: Path
    samples: bool = field(default=False, kw_only=True)
    """Whether ``archive`` is that of the samples."""

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
        """Layouts with the looks of an archive's pages: the workspace's; where it has none, those of the program. An
        archive is read where nothing else is left."""
        return self._own_or_ours("layouts", "_archive/*.css")

    @property
    def stand_ins(self) -> Path:
        """Faces for old PDFs that embed none; the same."""
        return self._own_or_ours("fonts", "*.ttf")

    def _own_or_ours(self, name: str, what: str) -> Path:
        own, ours = self.root / name, Path(__file__).parents[2] / name
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
        """What may be made again: the user's cache folder (XDG Base Directory, which has a relative path ignored); of a
        user without a home, one among the temporary files."""
        base = Path(os.environ.get("XDG_CACHE_HOME", ""))
        with suppress(RuntimeError):
            base = base if base.is_absolute() else Path.home() / ".cache"
        return (base if base.is_absolute() else Path(gettempdir())) / "koho-pdf"


@dataclass(frozen=True, slots=True)
class Workspace(Folders):
    """The folders of a workspace, and its desk (what every issue shares)."""

    desk: Desk


def open_workspace(root: Path, *, samples: bool = False) -> Workspace:
    """The workspace in ``root``; its archive is that of the ``samples`` where this is asked for.

    Raises UsageError (``no-workspace``) where there is no ``koho.yaml``, LayoutError (``desk-broken``) for what is
    wrong in it, ManuscriptError when it is no YAML.
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
    tree = read(root / "koho.yaml", root)
    desk = tree.root if isinstance(tree.root, dict) else {}
    missing = [key for key in _KEYS if not (isinstance(value := desk.get(key), str) and value.strip())]
    unknown = [key for key in desk if key not in (*_KEYS, "readings", "site", "rights")]
    found: list[Finding] = [
        *errors_in(tree.findings),
        *(
            error(
                "desk-broken",
                f"koho.yaml の「{key}」{'が読めません' if key in missing else 'という項目はありません'}。",
                Where(tree.file, tree.lines.get(key, 1)),
                f"{'・'.join(_KEYS)} の3つを「名前: 値」の形で書いてください（名前の読みは readings に）。",
            )
            for key in (*missing, *unknown)
        ),
        *(_wrong_site(desk["site"], tree) if "site" in desk else ()),
        *_wrong_readings(desk.get("readings", {}), tree),
    ]
    if found:
        raise LayoutError(*found)
    press = read_press(str(desk["press"]), root / "press", root)
    shared = str(desk["municipality"]), str(desk["area_code"]), press, _readings(desk), str(desk.get("site", ""))
    return Workspace(root, Desk(*shared, tree.lines), samples=samples)


def keeper(root: Path, by: str = "", why: str = "") -> Source:
    """Whose the issues of a workspace are, as far as a ``koho.yaml`` says: an archive is read and added to without."""
    try:
        told = read(root / "koho.yaml", root).root
    except KohoError:
        told = {}
    said = {key: value for key, value in told.items() if isinstance(value, str)} if isinstance(told, dict) else {}
    organization, rights = (" ".join(said.get(key, "").split()) for key in ("municipality", "rights"))
    return Source(organization, rights, by, why)


def unnamed(source: Source) -> tuple[Finding, ...]:
    """A word to whoever puts something into an archive where ``koho.yaml`` does not say whose it is."""
    told = "koho.yaml から発行者（municipality）が読めないので、袋に発行者の名前が入りません。"
    hint = "koho.yaml に「municipality: 留萌市」のように書いてからしまうと、袋と台帳からだれのものかがわかります。"
    return () if source.organization else (warning("archive-no-organization", told, Where("koho.yaml"), hint),)


def _wrong_site(site: Node, tree: Tree) -> list[Finding]:
    """A finding where ``site`` is no address that could stand before the name of a page."""
    if isinstance(site, str) and re.fullmatch(r"https?://[!-~]+/", site):
        return []
    told = "koho.yaml の「site」が、フォルダーのアドレスではありません。"
    hint = "「https://www.example.jp/koho/{issue}/」のように、/ で終えてください。{issue} は号の名前になります。"
    return [error("desk-broken", told, Where(tree.file, tree.lines.get("site", 1)), hint)]


def _wrong_readings(readings: Node, tree: Tree) -> list[Finding]:
    """A finding for each entry of ``readings`` that is not a name and its kana."""
    entries: dict[str, Node] = readings if isinstance(readings, dict) else {"": readings}
    return [
        error(
            "desk-broken",
            f"koho.yaml の readings の「{name}」の読みが読めません。"
            if name
            else "koho.yaml の readings が読めません。",
            Where(tree.file, tree.lines.get(f"readings.{name}", tree.lines.get("readings", 1))),
            "「留萌: るもい」のように、名前とその読み（かな）を1行に1つずつ書いてください。",
        )
        for name, reading in entries.items()
        if not name.strip() or not isinstance(reading, str) or not _KANA.fullmatch(reading)
    ]


def _readings(desk: dict[str, Node]) -> dict[str, str]:
    readings = desk.get("readings", {})
    return {name: str(reading) for name, reading in readings.items()} if isinstance(readings, dict) else {}

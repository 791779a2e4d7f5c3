"""加除の記録: decisions about an issue after it was kept, act by act, beside the bags and never in them.

``archive/_register/<issue>.json`` is only ever added to. A removed bag lies in ``archive/_closed/<number>/<issue>/``,
as it was. No clock is read: the person who decides gives the day of an act, or leaves it out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, get_args

from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Where, error

CLOSED, REGISTER = "_closed", "_register"
"""The folders of an archive whose content is shown to nobody: removed bags, and the records of acts."""

SOFTWARE = "_software"
"""The folder with the program's own source and the shapes of its files."""

SCHEMA = 1
"""The version of a register's file."""

Kind = Literal["removed", "put-back", "withheld", "lifted", "lost"]
Box = tuple[float, float, float, float]
"""A part of a page: its left, top, right and bottom edge, as shares of the page from its top left."""


@dataclass(frozen=True, slots=True)
class Act:
    """One decision. ``why`` is never empty; ``by`` and ``day`` (ISO 8601) are empty if they were not given. For a
    removal, ``place`` is the number of its folder, and title, number, kind and day of issue are the bag's. For a
    withholding, ``what`` is the article, picture or page that was named, ``articles`` are places in the record (from
    0), ``paragraphs`` are places with the place of a paragraph, ``pages`` are the parts of page pictures that show it;
    no parts means the whole page.
    """

    act: Kind
    why: str
    by: str = ""
    day: str = ""
    place: int = 0
    title: str = ""
    number: int | None = None
    kind: str = ""
    issued: str = ""
    what: str = ""
    heading: str = ""
    articles: tuple[int, ...] = ()
    paragraphs: tuple[tuple[int, int], ...] = ()
    pages: Mapping[int, tuple[Box, ...]] = field(default_factory=dict)

    def in_words(self) -> str:
        """Why, and if known by whom and when."""
        return "、".join(filter(None, (f"理由: {self.why}", self.day, self.by)))


@dataclass(frozen=True, slots=True)
class Register:
    """What is in force for one issue: withholdings by what was named, and removals by number."""

    acts: tuple[Act, ...] = ()

    @property
    def withheld(self) -> Mapping[str, Act]:
        """The withholdings of the bag that is in the archive now. A removed bag keeps its own, and has them again when
        it is put back.
        """
        return self._state()[0]

    @property
    def removed(self) -> Mapping[int, Act]:
        """The removals that were not put back."""
        return {number: act for number, (act, _) in self._state()[1].items()}

    def _state(self) -> tuple[dict[str, Act], dict[int, tuple[Act, dict[str, Act]]]]:
        now: dict[str, Act] = {}
        closed: dict[int, tuple[Act, dict[str, Act]]] = {}
        for act in self.acts:
            if act.act == "withheld":
                now[act.what] = act
            elif act.act == "lifted":
                now.pop(act.what, None)
            elif act.act == "removed":
                closed[act.place], now = (act, now), {}
            elif act.act == "put-back" and act.place in closed:
                now = closed.pop(act.place)[1]
        return now, closed


def register_path(archive: Path, name: str) -> Path:
    """The file with the acts on the issue ``name``."""
    return archive / REGISTER / f"{name}.json"


def closed_path(archive: Path, name: str, place: int) -> Path:
    """The folder of a removed bag."""
    return archive / CLOSED / str(place) / name


def next_place(archive: Path, acts: Sequence[Act]) -> int:
    """The number for the next removal: no folder and no act of the issue has it yet."""
    folders = [int(path.name) for path in archive.glob(f"{CLOSED}/*/") if re.fullmatch(r"[0-9]{1,9}", path.name)]
    return 1 + max([*folders, *(act.place for act in acts)], default=0)


def registered(archive: Path) -> tuple[str, ...]:
    """The names of the issues that have a register."""
    return tuple(sorted(path.stem for path in archive.glob(f"{REGISTER}/[!.]*.json")))


def register_bytes(name: str, acts: Sequence[Act]) -> bytes:
    """The register's file: UTF-8 JSON, the same bytes for the same acts; empty values are not written."""
    written = [{key: value for key, value in asdict(act).items() if value not in ("", 0, None, (), {})} for act in acts]
    told = {"schema": SCHEMA, "issue": name, "acts": written}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def read_register(archive: Path, name: str) -> Register:
    """The register of an issue; empty if nothing was ever decided. Raises ArchiveError (``register-broken``) if it
    cannot be understood, because then nobody knows what may be shown.
    """
    path = register_path(archive, name)
    try:
        told = json.loads(path.read_bytes())
        if told["schema"] != SCHEMA or told["issue"] != name:
            raise ValueError("schema か issue が違います")
        return Register(tuple(map(_act, told["acts"])))
    except FileNotFoundError:
        return Register()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        why = (fault.strerror if isinstance(fault, OSError) else str(fault)) or "読めません"
        told_why = (
            f"「{name}」の加除の記録が読めません（{why}）。何を公開してよいかわからないので、この号は出しません。"
        )
        where = Where(f"{archive.name}/{REGISTER}/{name}.json")
        raise ArchiveError(
            error("register-broken", told_why, where, "控えから、このファイルを戻してください。")
        ) from fault


def _act(written: Mapping[str, object]) -> Act:
    """One act as it was written; raises ValueError, TypeError, KeyError or AttributeError."""
    if not isinstance(written, dict) or written.get("act") not in get_args(Kind):
        raise ValueError("act が読めません")
    if unknown := written.keys() - Act.__dataclass_fields__.keys():
        raise ValueError(f"{'・'.join(sorted(map(str, unknown)))} という項目はありません")
    words = ("why", "by", "day", "title", "kind", "issued", "what", "heading")
    if not all(isinstance(written.get(key, ""), str) for key in words) or not written["why"]:
        raise ValueError("文字でないものか、理由のないものがあります")
    read = {
        **written,
        "place": _whole(written.get("place", 0)),
        "number": None if written.get("number") is None else _whole(written["number"]),
        "articles": tuple(map(_whole, written.get("articles", ()))),
        "paragraphs": tuple((_whole(article), _whole(place)) for article, place in written.get("paragraphs", ())),
        "pages": {int(page): tuple(map(_box, boxes)) for page, boxes in written.get("pages", {}).items()},
    }
    return Act(**read)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"「{value}」が数ではありません")
    return value


def _box(value: Sequence[float]) -> Box:
    left, top, right, bottom = map(float, value)
    if not (left < right and top < bottom):
        raise ValueError("pages に囲みでないものがあります")
    return left, top, right, bottom

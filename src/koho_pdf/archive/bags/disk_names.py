"""Names that every disk can keep and tell apart: on Windows, on macOS and on the archive's site, not only on this
machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from koho_pdf.archive.bags.register import CLOSED
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error

TAKEN = {"assets", "pagefind"}
"""Folders of the archive's site that do not belong to an issue."""

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?: *\..*)?", re.IGNORECASE)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_FORBIDDEN = set('<>:"|?*')
_LONGEST = 255  # bytes of a name: ext4; APFS and NTFS take 255 characters


def unkeepable(part: str) -> str:
    """Why a file or folder of this name cannot be kept on every disk; "" where it can."""
    if _DEVICES.fullmatch(part):
        return "Windows では装置の名前なので使えません"
    if bad := sorted(_FORBIDDEN & set(part)):
        return f"Windows で使えない字（{' '.join(bad)}）があります"
    if part != part.rstrip(". "):
        return "Windows では名前の終わりの点や空白が消えます"
    return f"名前が長すぎます（{_LONGEST}バイトまで）" if len(part.encode("utf-8", "replace")) > _LONGEST else ""


def same(name: str) -> str:
    """The form in which Windows and macOS compare names: two names with the same form are one file there."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def clashing(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names, with slashes, that some disk takes for the same name."""
    seen: dict[str, str] = {}
    return [(first, name) for name in names if (first := seen.setdefault(same(name), name)) != name]


def wrong_name(name: str, archive: Path, where: Where) -> Finding | None:
    """The finding about an issue's name that some disk cannot keep, or not beside the names that are there; None if it
    can.
    """
    why = unkeepable(name)
    if name.casefold() in TAKEN or _YEAR.fullmatch(name):
        why = "保存庫のサイトが自分で使う名前です"
    there = {path.name for path in (*archive.glob("*"), *archive.glob(f"{CLOSED}/*/*"))}
    if other := next((each for each in sorted(there) if each != name and same(each) == same(name)), ""):
        why = f"「{other}」と大文字・小文字だけが違い、Windows や macOS では同じ名前になります"
    if not why:
        return None
    told = f"「{name}」という名前では、保存庫に入れられません（{why}）。"
    return error("archive-name", told, where, "koho-0812 のような、ほかと重ならない名前にしてください。")


def must_be_keepable(name: str, archive: Path, where: Where) -> None:
    """Raises ArchiveError (``archive-name``)."""
    if found := wrong_name(name, archive, where):
        raise ArchiveError(found)

"""A bag (BagIt 1.0, RFC 8493): plain files below ``data/``, and beside them the SHA-256 of each.

We write and verify bags ourselves, so that the same files make the same bag and every fault is told. The Library of
Congress's program ``bagit`` judges both in the tests: a bag that it refuses is never sound here (decision 0030).
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from koho_pdf.archive.bags.disk_names import clashing, unkeepable
from koho_pdf.archive.bags.register import CLOSED
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error

PAYLOAD = "data"
"""The folder of a bag that holds its payload."""

TAG_MANIFEST = "tagmanifest-sha256.txt"
"""The file whose sums, through the manifest, cover every file of a bag."""

MANIFEST = "manifest-sha256.txt"
"""The list of the payload's files, each with its SHA-256."""

MANIFESTS = re.compile(r"(tag)?manifest-(md5|sha1|sha256|sha512)\.txt")
"""Every list of checksums that a bag may have: of tag files or of the payload, and by which sum."""

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_OTHERS = re.compile(r"(?:tag)?manifest-.*\.txt")
# Programs of a shell put something else there:
_VARIABLE = re.compile(r"\$([a-z_]\w*|\{[^}]*\})", re.ASCII | re.IGNORECASE)
_LARGEST = 16 << 20  # bytes of a tag file: the manifest of some 100,000 files


def bagged(
    files: Mapping[str, bytes], info: Mapping[str, str], more: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Every file of the bag that holds ``files``, by name; ``info`` is its ``bag-info.txt``, in this order, ``more``
    are tag files of its own.

    The same files and facts give the same bytes; the caller gives ``Bagging-Date``. ``Payload-Oxum`` (bytes and number
    of files) is added. Raises ArchiveError (``bag-name``) for a name that programs read differently, that some disk
    cannot keep, or that some disk takes for the name of another file.
    """
    if found := [*_unkept(files)]:
        raise ArchiveError(*found)
    if wrong := [name for name in files if not _is_plain(name)]:
        raise ArchiveError(
            *(
                error(
                    "bag-name",
                    f"「{shown(name)}」という名前のファイルは、保存庫に入れられません。",
                    hint="名前から % と \\ と改行、前後の空白、$ に英字か { の続く所を除いてください。",
                )
                for name in wrong
            )
        )
    payload = {f"{PAYLOAD}/{name}": files[name] for name in sorted(files)}
    oxum = f"{sum(map(len, payload.values()))}.{len(payload)}"
    facts = {**info, "Payload-Oxum": oxum}
    tags = {
        "bag-info.txt": "".join(f"{key}: {' '.join(facts[key].split())}\n" for key in facts).encode(),
        "bagit.txt": _DECLARATION,
        MANIFEST: _manifest_of(payload),
        **(more or {}),
    }
    return {**tags, TAG_MANIFEST: _manifest_of(tags), **payload}


def _unkept(files: Mapping[str, bytes]) -> Iterator[Finding]:
    for name in files:
        if why := next(filter(None, map(unkeepable, name.split("/"))), ""):
            told = f"「{shown(name)}」という名前のファイルは、保存庫に入れられません（{why}）。"
            yield error("bag-name", told, hint="ファイルの名前を付け直してください。")
    for first, other in clashing(sorted(files)):
        told = f"「{shown(first)}」と「{shown(other)}」は、Windows や macOS では同じ名前です。"
        yield error("bag-name", told, hint="どちらかのファイルの名前を付け直してください。")


def held(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``, by relative name with slashes.

    Raises ArchiveError (``bag-not-plain``) if one is a link or not a file, so that nothing from elsewhere gets into a
    bag.
    """
    files: dict[str, bytes] = {}
    faults: list[Finding] = []
    for name, why in walked(folder):
        if why:
            faults.append(not_plain(folder, name, why))
        else:
            files[name] = (folder / name).read_bytes()
    if faults:
        raise ArchiveError(*faults)
    return files


def not_plain(folder: Path, name: str, why: str) -> Finding:
    """The finding about a file that must not be in a bag."""
    told = f"「{folder.name}」の「{shown(name)}」は、しまっておけるファイルではありません（{why}）。"
    return error("bag-not-plain", told, place_in(folder, name), "取り除くか、控えから戻してください。")


def walked(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below the folder, by name with slashes, and why it must not be opened (empty: it may be)."""
    waiting = [folder]
    while waiting:
        at = waiting.pop()
        here = at.relative_to(folder).as_posix()
        try:
            mode = at.lstat().st_mode
            if stat.S_ISDIR(mode):
                waiting += sorted(at.iterdir(), reverse=True)
            elif not stat.S_ISREG(mode):
                yield here, "リンクや装置です"
            elif here == "fetch.txt":
                yield here, "よそから取り寄せるファイルの一覧です"
            elif _OTHERS.fullmatch(here) and not MANIFESTS.fullmatch(here):
                yield here, "知らない検査値の一覧です"
            elif at.parent == folder and at.stat().st_size > _LARGEST:
                yield here, f"{_LARGEST >> 20}MBを超えています"
            elif not os.access(at, os.R_OK):
                yield here, "読む権限がありません"
            else:
                yield here, ""
        except OSError as fault:
            yield here, fault.strerror or "読めません"


def is_safe(name: str) -> bool:
    """Whether a name means the same file of the bag to every program."""
    return (
        not name.startswith(("/", "~", "*"))
        and not _VARIABLE.search(name)
        and all(part not in ("", ".", "..") for part in name.split("/"))
    )


def _is_plain(name: str) -> bool:
    """Whether every program reads the name in the same way; Japanese spaces (U+3000) are allowed inside."""
    signs = (sign for sign in name if unicodedata.category(sign) != "Zs")
    return is_safe(name) and name == name.strip() and all(map(str.isprintable, signs)) and not set(name) & set("%\\")


def _manifest_of(files: Mapping[str, bytes]) -> bytes:
    """As ``sha256sum`` writes and checks it."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in files).encode()


def place_in(folder: Path, name: str = "", line: int | None = None) -> Where:
    """The place of a file of a bag, with its path from the archive's folder on."""
    above = folder.parts[-4:-1] if folder.parts[-3:-2] == (CLOSED,) else folder.parts[-2:-1]
    return Where(shown("/".join(filter(None, (*above, folder.name, name)))), line)


def shown(name: str) -> str:
    """A name from a stranger's disk, fit for a screen."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in name)

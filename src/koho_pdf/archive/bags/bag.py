"""A bag (BagIt 1.0, RFC 8493): plain files below ``data/``, and beside them the SHA-256 of each. The door of bagit.

We write bags ourselves, because bagit orders its tag manifest as the disk happens to, and calls its bags version 0.97.
We also verify them ourselves, because bagit stops at the first kind of fault. A bag that we find sound is then judged
by bagit, the Library of Congress's own program.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePosixPath

from koho_pdf.archive.bags.disk_names import clashing, unkeepable
from koho_pdf.archive.bags.register import CLOSED
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error

PAYLOAD = "data"
"""The folder of a bag that holds its payload."""

TAG_MANIFEST = "tagmanifest-sha256.txt"
"""The file whose sums, through the manifest, cover every file of a bag."""

_MANIFEST = "manifest-sha256.txt"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_DECLARED = re.compile(rb"BagIt-Version: (1\.0|0\.97)\r?\nTag-File-Character-Encoding: UTF-8(\r?\n)?")
_OTHERS = re.compile(r"(?:tag)?manifest-(?!(?:md5|sha1|sha256|sha512)\.txt).*\.txt")
_LINE = re.compile(r"([0-9a-f]{64}|[0-9A-F]{64})[ \t]+\*?(\S.*)")
_LARGEST = 16 << 20  # bytes of a tag file: the manifest of some 100,000 files
_MOST_TOLD = 50  # faults of one bag
_SLIP = 8  # hexadecimal digits: checksums that differ in fewer are one, damaged; others differ in about sixty


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
                    f"「{_shown(name)}」という名前のファイルは、保存庫に入れられません。",
                    hint="名前から % と改行と \\ を除いてください。",
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
        _MANIFEST: _manifest_of(payload),
        **(more or {}),
    }
    return {**tags, TAG_MANIFEST: _manifest_of(tags), **payload}


def _unkept(files: Mapping[str, bytes]) -> Iterator[Finding]:
    for name in files:
        if why := next(filter(None, map(unkeepable, name.split("/"))), ""):
            told = f"「{_shown(name)}」という名前のファイルは、保存庫に入れられません（{why}）。"
            yield error("bag-name", told, hint="ファイルの名前を付け直してください。")
    for first, other in clashing(sorted(files)):
        told = f"「{_shown(first)}」と「{_shown(other)}」は、Windows や macOS では同じ名前です。"
        yield error("bag-name", told, hint="どちらかのファイルの名前を付け直してください。")


def held(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``, by relative name with slashes.

    Raises ArchiveError (``bag-not-plain``) if one is a link or not a file, so that nothing from elsewhere gets into a
    bag.
    """
    files: dict[str, bytes] = {}
    faults: list[Finding] = []
    for name, why in _walked(folder):
        if why:
            faults.append(_not_plain(folder, name, why))
        else:
            files[name] = (folder / name).read_bytes()
    if faults:
        raise ArchiveError(*faults)
    return files


def verified(folder: Path, last_word: bool = True) -> tuple[Finding, ...]:
    """Every fault of the bag in ``folder``. No fault means: all files are there, no others, and each is as it was, bit
    for bit. Nothing outside the folder is read: links and devices are faults, and only files that were found in it are
    opened. Without ``last_word`` bagit is not asked, and each file is read only once.
    """
    faults = list(islice(_faults(folder, last_word), _MOST_TOLD + 1))
    if len(faults) > _MOST_TOLD:
        told = f"「{folder.name}」には、ほかにも誤りがあります（はじめの{_MOST_TOLD}件を示しました）。"
        faults[_MOST_TOLD:] = [error("bag-more-faults", told, _place(folder), _RESTORE)]
    return tuple(faults)


_RESTORE = "控えから、この号のフォルダーをまるごと戻してください。"


def _faults(folder: Path, last_word: bool) -> Iterator[Finding]:
    names: dict[str, str] = {}
    for name, why in _walked(folder):
        key = unicodedata.normalize("NFC", name)  # macOS decomposes names when it copies them
        if not why and key in names:
            why = "同じ名前のファイルが2つあります"
        if why:
            yield _not_plain(folder, name, why)
            return  # no file of such a bag is opened
        names[key] = name
    if missing := [tag for tag in ("bagit.txt", _MANIFEST, TAG_MANIFEST) if tag not in names]:
        told = f"「{folder.name}」に {'・'.join(missing)} がなく、ファイルが元のままかを確かめられません。"
        yield error("bag-no-bag", told, _place(folder), _RESTORE)
        return
    sound = bool(_DECLARED.fullmatch((folder / "bagit.txt").read_bytes()))
    if not sound:
        told = f"「{folder.name}」の bagit.txt に、BagIt 1.0 の袋だと書かれていません。"
        yield error("bag-no-bag", told, _place(folder, "bagit.txt"), _RESTORE)
    for manifest in (TAG_MANIFEST, _MANIFEST):
        for fault in _against(folder, manifest, names):
            sound = False
            yield fault
    if sound and last_word and (why := _refused(folder)):
        told = f"「{folder.name}」を bagit（米国議会図書館のプログラム）が袋と認めません（{why}）。"
        yield error("bag-refused", told, _place(folder), _RESTORE)


def _not_plain(folder: Path, name: str, why: str) -> Finding:
    told = f"「{folder.name}」の「{_shown(name)}」は、しまっておけるファイルではありません（{why}）。"
    return error("bag-not-plain", told, _place(folder, name), "取り除くか、控えから戻してください。")


def _walked(folder: Path) -> Iterator[tuple[str, str]]:
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
            elif _OTHERS.fullmatch(here):
                yield here, "知らない検査値の一覧です"
            elif at.parent == folder and at.stat().st_size > _LARGEST:
                yield here, f"{_LARGEST >> 20}MBを超えています"
            elif not os.access(at, os.R_OK):
                yield here, "読む権限がありません"
            else:
                yield here, ""
        except OSError as fault:
            yield here, fault.strerror or "読めません"


def _against(folder: Path, manifest: str, names: Mapping[str, str]) -> Iterator[Finding]:
    """The differences between a manifest and its files; ``names`` by their composed form (NFC)."""
    of_payload = manifest == _MANIFEST
    listed: dict[str, str] = {}
    for number, line in enumerate(_lines(folder / manifest), 1):
        found = _LINE.fullmatch(line)
        name = unicodedata.normalize("NFC", _decoded(found[2])) if found else ""
        if not found or name in listed or not _is_safe(name) or name.startswith(f"{PAYLOAD}/") != of_payload:
            yield _damaged(folder, manifest, number)
        else:
            listed[name] = found[1].lower()
    sums = {
        key: _sum_of(folder / name)
        for key, name in names.items()
        if key.startswith(f"{PAYLOAD}/") == of_payload and not key.startswith("tagmanifest-")
    }
    gone = {listed[name]: name for name in sorted(listed.keys() - sums.keys())}
    for name in sorted(sums.keys() - listed.keys()):
        if old := gone.pop(sums[name], None):
            del listed[old]
            told = f"「{folder.name}」の「{_shown(old)}」が、「{_shown(name)}」という名前に変わっています。"
            yield error("bag-file-renamed", told, _place(folder, name), "もとの名前に戻してください。")
        else:
            told = f"「{folder.name}」に、しまったときになかった「{_shown(name)}」があります。"
            hint = "要らなければ消し、要るなら保存庫の外に置いてください。"
            yield error("bag-file-extra", told, _place(folder, name), hint)
    for name, wanted in sorted(listed.items()):
        if name not in sums:
            told = f"「{folder.name}」の「{_shown(name)}」がなくなっています。"
            yield error("bag-file-missing", told, _place(folder, name), _RESTORE)
        elif sum(one != other for one, other in zip(wanted, sums[name], strict=False)) in range(1, _SLIP):
            yield _damaged(folder, manifest, [*listed].index(name) + 1)
        elif sums[name] != wanted:
            told = f"「{folder.name}」の「{_shown(name)}」が、しまったときと違います"
            told += f"（SHA-256 が {wanted} のはずが {sums[name]}）。"
            yield error("bag-file-changed", told, _place(folder, name), _RESTORE)


def _damaged(folder: Path, manifest: str, line: int) -> Finding:
    told = f"「{folder.name}」の {manifest} の{line}行目が、しまったときの検査値とファイル名ではありません。"
    return error("bag-manifest", told, _place(folder, manifest, line), _RESTORE)


def _lines(path: Path) -> list[str]:
    """The lines of a manifest, with the line ends of any system; lines that are not UTF-8 match no file."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    return [line for line in re.split(r"\r\n|\r|\n", text) if line]


def _decoded(name: str) -> str:
    """RFC 8493, 2.1.3: only these three characters are percent-encoded."""
    return re.sub("%(0[AD]|25)", lambda code: chr(int(code[1], 16)), name, flags=re.IGNORECASE)


def _is_safe(name: str) -> bool:
    return not name.startswith(("/", "~")) and all(part not in ("", ".", "..") for part in name.split("/"))


def _is_plain(name: str) -> bool:
    return _is_safe(name) and PurePosixPath(name).name.isprintable() and not set(name) & set("%\\\r\n")


def _sum_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as fault:
        return fault.strerror or "読めません"


def _manifest_of(files: Mapping[str, bytes]) -> bytes:
    """As ``sha256sum`` writes and checks it."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in files).encode()


def _refused(folder: Path) -> str:
    """What bagit says against a bag; empty if nothing."""
    import bagit

    logging.getLogger("bagit").setLevel(logging.CRITICAL)  # it says the same again in its exception
    try:
        bagit.Bag(str(folder)).validate()
    except (bagit.BagError, OSError, ValueError) as fault:
        return _shown(str(fault)) or type(fault).__name__
    return ""


def _place(folder: Path, name: str = "", line: int | None = None) -> Where:
    above = folder.parts[-4:-1] if folder.parts[-3:-2] == (CLOSED,) else folder.parts[-2:-1]
    return Where(_shown("/".join(filter(None, (*above, folder.name, name)))), line)


def _shown(name: str) -> str:
    """A name from a stranger's disk, fit for a screen."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in name)

"""Verifies a bag (RFC 8493, 3), and tells every fault with its file; ``bagit`` stops at the first kind of fault.

A bag that the Library of Congress's program refuses is never sound here: in the tests it judges thousands of damaged
bags.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from koho_pdf.archive.bags.bag import (
    MANIFEST,
    MANIFESTS,
    PAYLOAD,
    TAG_MANIFEST,
    is_safe,
    not_plain,
    place_in,
    shown,
    walked,
)
from koho_pdf.findings import Finding, error

_DECLARED = re.compile(rb"BagIt-Version: (1\.0|0\.97)\r?\nTag-File-Character-Encoding: UTF-8(\r?\n)?")
_KINDS = {"md5": "MD5", "sha1": "SHA-1", "sha256": "SHA-256", "sha512": "SHA-512"}
_LINE = re.compile(r"([0-9a-f]+|[0-9A-F]+)[ \t]+\*?(\S.*)")
_OXUM = re.compile(r"0*([0-9]{1,18})\.0*([0-9]{1,18})", re.ASCII)
_SIZES = "payload-oxum"
_MOST_TOLD = 50  # the most faults of one bag
_SLIP = 8  # hexadecimal digits: checksums that differ in fewer are one, damaged; others differ in about sixty


def verified(folder: Path) -> tuple[Finding, ...]:
    """Every fault of the bag in ``folder``. No fault means: all files are there, no others, and each is as it was, bit
    for bit.

    Nothing outside the folder is read: links and devices are faults, and only files that were found in it are opened.
    """
    faults = list(islice(_faults(folder), _MOST_TOLD + 1))
    if len(faults) > _MOST_TOLD:
        told = f"「{folder.name}」には、ほかにも誤りがあります（はじめの{_MOST_TOLD}件を示しました）。"
        faults[_MOST_TOLD:] = [error("bag-more-faults", told, place_in(folder), _RESTORE)]
    return tuple(faults)


_RESTORE = "控えから、この号のフォルダーをまるごと戻してください。"


def _faults(folder: Path) -> Iterator[Finding]:
    names: dict[str, str] = {}
    for name, why in walked(folder):
        key = unicodedata.normalize("NFC", name)  # macOS decomposes names when it copies them
        if not why and key in names:
            why = "同じ名前のファイルが2つあります"
        if why:
            yield not_plain(folder, name, why)
            return  # no file of such a bag is opened
        names[key] = name
    missing = [tag for tag in ("bagit.txt", MANIFEST, TAG_MANIFEST) if tag not in names]
    if not (folder / PAYLOAD).is_dir():
        missing.append(PAYLOAD)
    if missing:
        told = f"「{folder.name}」に {'・'.join(missing)} がなく、ファイルが元のままかを確かめられません。"
        yield error("bag-no-bag", told, place_in(folder), _RESTORE)
        return
    sound = bool(_DECLARED.fullmatch((folder / "bagit.txt").read_bytes()))
    if not sound:
        told = f"「{folder.name}」の bagit.txt に、BagIt 1.0 の袋だと書かれていません。"
        yield error("bag-no-bag", told, place_in(folder, "bagit.txt"), _RESTORE)
    others = sorted({name for name in names if MANIFESTS.fullmatch(name)} - {TAG_MANIFEST, MANIFEST})
    for manifest in (TAG_MANIFEST, MANIFEST, *others):
        if manifest in others and not sound:
            break  # they say the same again
        for fault in _against(folder, manifest, names):
            sound = False
            yield fault
    if sound and "bag-info.txt" in names:
        yield from _contradictions(folder, [folder / name for key, name in names.items() if _is_payload(key)])


def _contradictions(folder: Path, payload: list[Path]) -> Iterator[Finding]:
    """False statements in ``bag-info.txt`` about a bag whose files are all unchanged (RFC 8493, 2.2.2)."""
    sizes: list[str] = []
    try:
        lines = (folder / "bag-info.txt").read_bytes().decode().removeprefix("\ufeff").splitlines()
    except UnicodeDecodeError:
        yield _contradiction(folder, None, "が、UTF-8 の文字ではありません")
        return
    above = ""
    for number, line in enumerate(lines, 1):
        if line[:1].isspace() and line.strip() and above:  # continues the line above
            if above == _SIZES:
                sizes[-1] += line.strip()
        elif line.strip():
            label, colon, value = line.partition(":")
            if not colon:
                yield _contradiction(folder, number, f"の{number}行目が、「名前: 値」の形ではありません")
            above = label.strip().casefold() or "?"
            sizes += [value.strip()] if above == _SIZES else []
    if len(sizes) > 1:
        yield _contradiction(folder, None, "に、中身の大きさと数（Payload-Oxum）が2度書かれています")
    found = f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    for said in sizes:
        given = _OXUM.fullmatch(said)
        if not given or f"{given[1]}.{given[2]}" != found:
            what = f"に、中身の大きさと数（Payload-Oxum）が {shown(said)[:40]} とありますが、実際は {found} です"
            yield _contradiction(folder, None, what)


def _contradiction(folder: Path, line: int | None, what: str) -> Finding:
    told = f"「{folder.name}」の bag-info.txt {what}。"
    return error("bag-refused", told, place_in(folder, "bag-info.txt", line), _RESTORE)


def _is_payload(name: str) -> bool:
    return name.startswith(f"{PAYLOAD}/")


def _against(folder: Path, manifest: str, names: Mapping[str, str]) -> Iterator[Finding]:
    """The differences between a manifest and its files; ``names`` by their composed form (NFC)."""
    asked = MANIFESTS.fullmatch(manifest)
    assert asked is not None
    of_payload, kind = not asked[1], asked[2]
    digits = 2 * hashlib.new(kind, usedforsecurity=False).digest_size
    listed: dict[str, str] = {}
    for number, line in enumerate(_lines(folder / manifest), 1):
        found = _LINE.fullmatch(line) if _is_one_line(line) else None
        name = unicodedata.normalize("NFC", _decoded(found[2])) if found else ""
        right = found and len(found[1]) == digits and name not in listed
        if not found or not right or not is_safe(name) or _is_payload(name) != of_payload:
            yield _damaged(folder, manifest, number)
        else:
            listed[name] = found[1].lower()
    sums = {
        key: _sum_of(folder / name, kind)
        for key, name in names.items()
        if _is_payload(key) == of_payload and not key.startswith("tagmanifest-")
    }
    gone = {listed[name]: name for name in sorted(listed.keys() - sums.keys())}
    for name in sorted(sums.keys() - listed.keys()):
        if old := gone.pop(sums[name], None):
            del listed[old]
            told = f"「{folder.name}」の「{shown(old)}」が、「{shown(name)}」という名前に変わっています。"
            yield error("bag-file-renamed", told, place_in(folder, name), "もとの名前に戻してください。")
        else:
            told = f"「{folder.name}」に、しまったときになかった「{shown(name)}」があります。"
            hint = "要らなければ消し、要るなら保存庫の外に置いてください。"
            yield error("bag-file-extra", told, place_in(folder, name), hint)
    for name, wanted in sorted(listed.items()):
        if name not in sums:
            told = f"「{folder.name}」の「{shown(name)}」がなくなっています。"
            yield error("bag-file-missing", told, place_in(folder, name), _RESTORE)
        elif sum(one != other for one, other in zip(wanted, sums[name], strict=False)) in range(1, _SLIP):
            yield _damaged(folder, manifest, [*listed].index(name) + 1)
        elif sums[name] != wanted:
            told = f"「{folder.name}」の「{shown(name)}」が、しまったときと違います"
            told += f"（{_KINDS[kind]} が {wanted} のはずが {sums[name]}）。"
            yield error("bag-file-changed", told, place_in(folder, name), _RESTORE)


def _damaged(folder: Path, manifest: str, line: int) -> Finding:
    told = f"「{folder.name}」の {manifest} の{line}行目が、しまったときの検査値とファイル名ではありません。"
    return error("bag-manifest", told, place_in(folder, manifest, line), _RESTORE)


def _lines(path: Path) -> list[str]:
    """The lines of a manifest, with the line ends of any system; lines that are not UTF-8 match no file."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    return [line for line in re.split(r"\r\n|\r|\n", text) if line]


def _is_one_line(line: str) -> bool:
    """Whether every program reads it as one line of UTF-8, without blanks at its ends that some would strip."""
    return (
        line == line.strip() and len(line.splitlines()) == 1 and not any("\ud800" <= sign <= "\udfff" for sign in line)
    )


def _decoded(name: str) -> str:
    """RFC 8493, 2.1.3: only these three characters are percent-encoded."""
    return re.sub("%(0[AD]|25)", lambda code: chr(int(code[1], 16)), name, flags=re.IGNORECASE)


def _sum_of(path: Path, kind: str) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, kind).hexdigest()
    except OSError as fault:
        return fault.strerror or "読めません"

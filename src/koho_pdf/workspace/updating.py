"""A workspace brought up to date with the files that come with the program (``koho update``).

What the city changed is never overwritten: a file differs from its checksum in ``shipped.sha256`` if somebody changed
it. Then the new one is put beside it as ``NAME.new``. Files of the city's own stay; so does a file that is shipped no
longer, if it was changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.errors import UsageError
from koho_pdf.findings import Finding, Where, error, note, warning
from koho_pdf.platform.folders import write_file
from koho_pdf.platform.installed import SHIPPED
from koho_pdf.workspace.founding import SUMS, shipped, sums_of

_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


@dataclass(frozen=True, slots=True)
class Update:
    """What an update did, by names of files: brought up to date, added, taken away; and what the city should look
    at."""

    renewed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    findings: tuple[Finding, ...]


def update(root: Path) -> Update:
    """Bring the workspace ``root`` up to date. Doing it twice changes nothing more.

    Raises UsageError: ``update-repository`` in the program's own repository, ``not-shipped``; ArchiveError
    ``not-written``, and then what was written so far stays, each file whole.
    """
    root = root.resolve()
    if root == SHIPPED:
        hint = "ここのファイルは、git で新しくします。"
        raise UsageError(error("update-repository", "ここは koho-pdf そのもののフォルダーです。", hint=hint))
    files, before = shipped(), sums_in(root)
    renewed, added, gone, findings = list[str](), list[str](), list[str](), list[Finding]()
    for name, content in files.items():
        path, known, new = root / name, before.get(name, ""), _sha256(content)
        now = _sum(path)
        if now == new:
            continue
        if not path.resolve().is_relative_to(root):  # a link to somewhere else
            findings.append(_own(name))
        elif known and not now and not _stands(path):
            gone.append(name)
        elif not _stands(path) or (known and now == known):
            write_file(content, path)
            (renewed if now else added).append(name)
        elif known == new:  # nothing is new but what the city wrote
            findings.append(_own(name))
        else:
            write_file(content, path.with_name(f"{path.name}.new"))
            findings.append(_beside(name))
    removed = [name for name in before if name not in files and _sum(root / name) == before[name]]
    for name in removed:
        (root / name).unlink()
    findings += [_left(name) for name in before if name not in files and (root / name).is_file()]
    findings += [_gone(gone)] if gone else []
    write_file(sums_of(files), root / SUMS)
    return Update(tuple(renewed), tuple(added), tuple(removed), tuple(findings))


def sums_in(root: Path) -> Mapping[str, str]:
    """The checksums written by the last ``init`` or ``update``, by name; none if the file is missing or unreadable:
    then every file that differs counts as changed."""
    try:
        lines = (root / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = {match[2]: match[1] for match in map(_LINE.fullmatch, lines) if match}
    return {name: value for name, value in found.items() if (root / name).resolve().is_relative_to(root)}


def _stands(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _sum(path: Path) -> str:
    """The SHA-256 of a file; empty if it is none."""
    return _sha256(path.read_bytes()) if path.is_file() else ""


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _beside(name: str) -> Finding:
    told = f"市で変えたファイルなので、そのまま残しました。新しいものは {Path(name).name}.new として隣に置きました。"
    hint = f"2つを見比べて、要るところを写し、{Path(name).name}.new を消してください。"
    return warning("update-beside", told, Where(name), hint)


def _own(name: str) -> Finding:
    return note("update-own", "市で変えたファイルです。そのまま残しました。", Where(name), "することはありません。")


def _left(name: str) -> Finding:
    told = "koho-pdf に付いてこなくなったファイルですが、市で変えたので残しました。"
    return note("update-left", told, Where(name), "使っていなければ、消してかまいません。")


def _gone(names: list[str]) -> Finding:
    more = f"（ほか{len(names) - 3}）" if len(names) > 3 else ""
    told = f"市で消したファイルは、置き直していません: {'・'.join(names[:3])}{more}"
    hint = "要るときは、空のフォルダーで koho init をして、そこから写してください。"
    return note("update-gone", told, Where(names[0]), hint)

"""Certain mends put into the files of a manuscript (``koho check --fix``): only the words change, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.manuscript.reader import read_bytes
from koho_pdf.manuscript.scalar import Node, Scalar


@dataclass(frozen=True, slots=True)
class Mend:
    """One mend: the ``finding``, the words that stood there, and those that do now."""

    finding: Finding
    old: str
    new: str


def mended(findings: Iterable[Finding], root: Path) -> tuple[dict[Path, bytes], tuple[Mend, ...]]:
    """The files with every mend that is certain, by their paths, and these mends in order. A mend is left out where its
    words are not found as they are printed (a mark stands within them), or where more than its words would change.
    Nothing is written."""
    texts: dict[Path, str] = {}
    done: list[Mend] = []
    certain = [each for each in findings if each.suggestion is not None and each.where.file and each.where.column]
    certain.sort(key=lambda each: (each.where.file, each.where.line or 0, each.where.column or 0), reverse=True)
    before: dict[Path, tuple[int, int]] = {}
    for finding in certain:
        where = finding.where
        path = root / (where.file or "")
        if path.suffix != ".yaml" or not path.is_file() or finding.suggestion is None:
            continue
        text = texts.get(path) or path.read_bytes().decode("utf-8")
        lines = text.split("\n")
        number, begin = (where.line or 1) - 1, (where.column or 1) - 1 + (where.line == 1 and text.startswith("\ufeff"))
        end = begin + (where.length or 0)
        if number >= len(lines) or end > len(lines[number]):
            continue
        last_line, last_begin = before.get(path, (-1, 0))
        if last_line == number and last_begin < end:
            continue  # overlaps one that is mended already
        old = lines[number][begin:end]
        if old != finding.words:
            continue  # a mark or an escape stands before or within it
        lines[number] = lines[number][:begin] + finding.suggestion + lines[number][end:]
        new = "\n".join(lines)
        if not _only_words_change(path.name, text, new, old, finding.suggestion):
            continue
        texts[path], before[path] = new, (number, begin)
        done.append(Mend(finding, old, finding.suggestion))
    return {path: text.encode() for path, text in texts.items()}, tuple(reversed(done))


def _only_words_change(file: str, text: str, new_text: str, old: str, new: str) -> bool:
    """Whether one value of a file changes, by these words alone: a sign of a mend may mean something in YAML."""
    try:
        one, other = (dict(_values(read_bytes(each.encode(), file).root, "")) for each in (text, new_text))
    except KohoError:
        return False
    changed = [name for name in one if one[name] != other.get(name)]
    if one.keys() != other.keys() or len(changed) != 1 or not old.strip():
        return False
    was, now = one[changed[0]], other[changed[0]]
    places = [at for at in range(len(was)) if was.startswith(old, at)]
    return any(now == was[:at] + new + was[at + len(old) :] for at in places)


def _values(node: Node, path: str) -> Iterable[tuple[str, str]]:
    if isinstance(node, Scalar):
        yield path, str(node)
    elif isinstance(node, dict):
        for name, each in node.items():
            yield from _values(each, f"{path}.{name}")
    else:
        for number, each in enumerate(node):
            yield from _values(each, f"{path}.{number}")

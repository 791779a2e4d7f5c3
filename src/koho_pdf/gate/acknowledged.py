"""acknowledged.yaml: errors of the text gate that two people have seen and let stand, with their reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from koho_pdf.findings import Finding, Severity, Where, error, warning
from koho_pdf.gate.rules import rules
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.readable import words
from koho_pdf.manuscript.settings import Items, Settings, key, read_settings

FILE = "acknowledged.yaml"
_WORD = words()


class Entry(Group):
    """One finding that stands. It holds as long as the same words stand in the same field."""

    rule: Annotated[str, _WORD] = key("決まり", "校閲が知らせた決まりの名前。", "l01-weekday")
    field: Annotated[str, _WORD] = key("項目", "校閲が知らせた項目。", "shakai:body.0")
    words: Annotated[str, _WORD] = key("言葉", "校閲が知らせた言葉（「」の中）。", "3月22日（日）")
    reason: Annotated[str, _WORD] = key("理由", "なぜこのままでよいか。", "昔の新聞の引き写しなので")
    by: Annotated[str, _WORD] = key("決めた人", "このままでよいと決めた人。", "留萌太郎")
    second: Annotated[str, _WORD] = key("確かめた人", "もう1人、確かめた人。", "留萌花子")


class AcknowledgedFile(Settings):
    """A whole ``acknowledged.yaml``."""

    called = FILE
    owner = "acknowledged.yaml は、校閲の知らせを承知のうえで載せるときに、号のフォルダーに置くファイルです。"

    acknowledged: Items[Entry] = key("承知したもの", "承知のうえで、このまま載せるもの。", default=())


def acknowledged(found: Iterable[Finding], folder: Path, root: Path) -> Iterator[Finding]:
    """The findings, those that are acknowledged as hints that name the reason and both people; then a warning for each
    entry to which nothing corresponds any more. Raises LayoutError for mistakes in the file."""
    entries = _entries(folder, root)
    left = dict(entries)
    for finding in found:
        entry = entries.get(finding.key)
        if entry is None or finding.severity is not Severity.ERROR:
            yield finding
            continue
        left.pop(finding.key, None)
        told = f"{finding.message}（承知済み: {entry.reason}。{entry.by}・{entry.second}）"
        yield replace(finding, severity=Severity.NOTE, message=told, hint="", suggestion=None)
    for entry in left.values():
        told = f"承知したはずの「{entry.words}」（{entry.rule}）が、もうありません。"
        file = (folder / FILE).relative_to(root).as_posix() if folder.is_relative_to(root) else FILE
        yield warning(
            "acknowledged-gone", told, Where(file), hint="文章が変わったので、この控えは効きません。消してください。"
        )


def entries_of(folder: Path, root: Path) -> tuple[Entry, ...]:
    """What the file in an issue's ``folder`` says; nothing if there is none. Raises LayoutError for its mistakes."""
    path = folder / FILE
    return tuple(read_settings(path, root, AcknowledgedFile, _unfit)[0].acknowledged) if path.is_file() else ()


def _entries(folder: Path, root: Path) -> dict[tuple[str, str, str], Entry]:
    return {(each.rule, each.field, each.words): each for each in entries_of(folder, root)}


def _unfit(tree: object, said: AcknowledgedFile | None) -> Sequence[Finding]:
    """The same person cannot be both; and nothing but words can be acknowledged."""
    entries = said.acknowledged if said else ()
    codes = {rule.code for rule in rules()}
    others = [
        error(
            "acknowledged-not-words",
            f"「{each.rule}」は、承知のうえで載せることができません。",
            Where(FILE),
            "控えに書けるのは、校閲の決まり（docs/rules.md）の間違いだけです。枠からのあふれ、字のない字、写真、入稿の検査は、直してください。",
        )
        for each in entries
        if each.rule not in codes
    ]
    return others + [
        error(
            "acknowledged-alone",
            f"「{each.words}」を決めた人と確かめた人が同じ「{each.by}」です。",
            Where(FILE),
            "別の人にも確かめてもらってください。",
        )
        for each in entries
        if each.by.strip() == each.second.strip()
    ]

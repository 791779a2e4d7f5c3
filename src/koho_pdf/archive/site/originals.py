"""Old PDFs on the archive's site: tells what they hold beside their pages, and leaves it out of a public copy if asked.

The bag keeps the PDF as it came; only the site's copy is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from koho_pdf.archive.site.published import Published
from koho_pdf.archive.site.site_folder import SiteFolder
from koho_pdf.findings import Finding, Where, warning

ORIGINAL = "original.pdf"
_KINDS = {
    "author": "作成者の名前",
    "path": "パソコンの中の場所",
    "attachment": "添付ファイル",
    "comment": "コメント",
    "script": "スクリプト",
}
_MOST_SHOWN = 3


class Aside(Protocol):
    """Something in a PDF beside its pages."""

    @property
    def kind(self) -> str: ...

    @property
    def value(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Originals:
    """How old PDFs are published: ``asides`` finds what they hold beside their pages, ``cleaned`` makes a copy without
    it (None if it cannot), ``clean`` asks for that copy.
    """

    asides: Callable[[bytes], Sequence[Aside]]
    cleaned: Callable[[bytes], bytes | None]
    clean: bool = False


def published_originals(
    issues: Sequence[Published], how: Originals, target: SiteFolder
) -> tuple[tuple[Published, ...], tuple[Finding, ...]]:
    """The issues with their public PDFs: clean copies are written, and ``files`` no longer has the bag's path for them;
    and a warning about each PDF that holds more than its pages.
    """
    shown: list[Published] = []
    findings: list[Finding] = []
    for issue in issues:
        source = issue.files.get(ORIGINAL)
        name = f"{issue.record.name}/{ORIGINAL}"
        if source is None:
            shown.append(issue)
        elif not how.clean:
            findings += _told(issue, how.asides(source.read_bytes()))
            shown.append(issue)
        elif target.follows(name, source, after=1):
            target.keep(name)
            shown.append(issue)
        elif (made := how.cleaned(source.read_bytes())) is not None:
            target.put_made(name, made, source, after=1)
            shown.append(issue)
        else:
            told = (
                f"「{issue.record.name}」の元のPDFから、余分なものを除いた写しが作れません。PDFはサイトに出しません。"
            )
            hint = "ページの絵と文章は出ます。Acrobat などで保存し直したPDFを、--revision 2 で入れてください。"
            findings.append(warning("site-not-cleaned", told, Where(name), hint))
            shown.append(replace(issue, files=_without(issue.files)))
    return tuple(shown), tuple(findings)


def _without(files: Mapping[str, Path]) -> dict[str, Path]:
    return {name: path for name, path in files.items() if name != ORIGINAL}


def _told(issue: Published, asides: Sequence[Aside]) -> Iterator[Finding]:
    by_kind: dict[str, list[str]] = {}
    for each in asides:
        by_kind.setdefault(each.kind, []).append(each.value)
    if not by_kind:
        return
    parts = [
        f"{_KINDS.get(kind, kind)}（{'・'.join(values[:_MOST_SHOWN])}{'ほか' if len(values) > _MOST_SHOWN else ''}）"
        for kind, values in by_kind.items()
    ]
    told = f"「{issue.record.name}」の元のPDFに、ページに見えないものが入っています: {'、'.join(parts)}。"
    hint = (
        "公開してよくなければ、koho archive site --clean を使うと、除いた写しをサイトに出します。袋の中はそのままです。"
    )
    yield warning("site-private-inside", told, Where(f"{issue.record.name}/{ORIGINAL}"), hint)

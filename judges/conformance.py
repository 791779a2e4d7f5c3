"""``docs/conformance.md``: the verdicts as a page to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from judges.verdict import Case, Judge, Verdict

Verdicts = Mapping[tuple[str, str], Verdict]
"""By the names of judge and case."""

_HEAD = """\
# Conformance

Made by `make judges` (`judges/`): what programs of others say about what we make. Every judge is also shown a file
that was spoilt for it, and must refuse it. The command fails when any verdict here is a no; CI fails too when this page
is not what the command makes.

## The files

The leaflet through every press profile, the insert through two, the other brochures and the newsletters through one,
what we make for a screen, for the archive and for the web: every kind of web page, those of the archive's site from an
invented archive; and page plans whose type is condensed until it fits (長体, 平体). – means: no question about such a
file.
"""

_LIMITS = """\
## What no judge here can say

- **PDF/X.** None of these programs certifies PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO 15930-4), and we found no free
  one that does: veraPDF has no such profile; pdf_oxide's check misses RGB in an X-1a file, asks X-4 for a key in Info
  that only older parts know, and calls embedded fonts missing. "PDF/X-4" in the table is what the file is made for. Its
  structure is tested by our own tests (`tests/finishing/`) on the finished file; the print shop's preflight (Acrobat,
  PitStop, callas) has the last word.
- **What only a person can see.** Whether alternative text says what a picture shows, whether headings are the right
  ones, whether the order of reading makes sense: PDF/UA-1 leaves that to people, and so does veraPDF. What is heard of
  every edition stands in [spoken/](spoken/), for somebody to read.
- **A real telephone.** Lighthouse reckons what a slow line and a slow processor would do to what it saw here.
- **Paper.** Plates are pictures of plates. Register, dot gain and colour are the press's.

Not asked, because they are wrong about such files: pikepdf's own PDF/A check (`pikepdf.pdfa`) knows only level B and
forbids the extension schema in which PDF/A-2 has the name of PDF/UA explained; pdf_oxide's `validate_pdf_a` does not
see a `pdfaid` that XMP writes as attributes, and its plates leave out gradients, gray pictures and transparency.
"""


def page(judges: Sequence[Judge], cases: Sequence[Case], verdicts: Verdicts, refusals: Mapping[str, bool]) -> str:
    """The page. ``refusals`` says of each judge whether it refused the file that was spoilt for it."""
    lines = [
        _HEAD,
        *_table(["file", *(judge.name for judge in judges)], _rows(judges, cases, verdicts)),
        "",
        "## The judges",
        "",
        *_table(
            ["judge", "what it is asked", "the spoilt file", "refused?"],
            ([judge.name, judge.asked, judge.spoilt, "yes" if refusals[judge.name] else "**no**"] for judge in judges),
        ),
        "",
        _LIMITS,
        "## Versions",
        "",
        "Of the judges, when this page was last made; verdicts may change with them.",
        "",
        *sorted({f"- version of {judge.name.split(':')[0].split(' ')[0]}: {judge.version()}" for judge in judges}),
    ]
    return "\n".join(lines) + "\n"


def _rows(judges: Sequence[Judge], cases: Sequence[Case], verdicts: Verdicts) -> Iterator[list[str]]:
    for case in cases:
        cells = (_cell(verdicts[judge.name, case.name]) if judge.takes(case) else "–" for judge in judges)
        yield [case.name, *cells]


def _cell(verdict: Verdict) -> str:
    return "yes" if verdict.holds else f"**no**: {verdict.said}"


def _table(head: Sequence[str], rows: Iterator[list[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"

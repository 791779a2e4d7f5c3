"""``docs/spoken/``: every edition as a screen reader speaks it, kept so that somebody reads what a change does to it.

No yes or no: whether it sounds right, only a person can say. ``make judges`` makes all of it anew, ``python -m
judges.spoken`` nothing else. The same files give the same texts; another Chromium may speak web pages otherwise.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from judges.cases import spoken_cases
from judges.lighthouse import of_pages
from judges.spoken_pdf import spoken_pdf
from judges.spoken_web import spoken_web
from judges.verdict import ROOT, Case

FOLDER = ROOT / "docs" / "spoken"
_SAME = "Spoken word by word as screen.txt.\n"


def texts(cases: Sequence[Case]) -> Iterator[tuple[str, str]]:
    """Of each case that is for reading: its file's name below the folder, and what is said."""
    built = [
        case for case in cases if not case.trouble and case.press is None and not case.name.startswith("preflight")
    ]
    said: dict[str, str] = {}
    for case in built:
        if case.is_pdf:
            name, text = file_name(case), spoken_pdf(case.path)
            said[name] = text
            screen = said.get(f"{Path(name).parent}/screen.txt")
            yield name, _SAME if case.archival and text == screen else text
    pages = [case for case in built if case.address]
    for case, (site, nodes) in zip(pages, of_pages("spoken_web.mjs", pages, [{} for _ in pages]), strict=True):
        yield file_name(case), spoken_web(nodes, site)


def file_name(case: Case) -> str:
    """``screen: `content/x` `` is ``x/screen.txt``; what is of no issue stands at the top."""
    named = re.fullmatch(r"(\S+): `(?:content/|layouts/)?([^`]+)`(?: (.+)\.html)?", case.name)
    if not named:
        return re.sub(r"[^a-z]+", "-", case.name.lower().replace("'", "")) + ".txt"
    edition, issue, page = named[1], named[2].replace("/", "-"), (named[3] or "").replace("/", "-")
    return f"{issue}/{edition}{f'-{page}' if page not in ('', issue) else ''}.txt"


def write(cases: Sequence[Case], folder: Path = FOLDER) -> None:
    """All texts anew; one of a file that is no longer made goes."""
    told = list(texts(cases))
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in told:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        write(spoken_cases(Path(made)))

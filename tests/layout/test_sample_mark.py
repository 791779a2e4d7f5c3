"""An invented issue says 見本 in the title of every edition, and its web pages keep out of search engines."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from tests.conftest import Edit
from tests.kinds import quiz

from koho_pdf.pipeline import Build

ROBOTS = b'<meta name="robots" content="noindex">'


@pytest.mark.parametrize("sample", [True, False])
def test_every_title_says_that_it_is_a_sample(
    proved: Callable[..., Build], home: Path, tmp_path: Path, edit: Edit, sample: bool
) -> None:
    quiz.make(tmp_path)
    manuscript = tmp_path / "content" / quiz.NAME / "issue.yaml"
    if sample:
        edit(manuscript, "date:", "sample: true\ndate:")
    files = proved(tmp_path, quiz.NAME, ("print", "screen", "web", "large", "text", "data", "epub")).files
    titles = []
    for name in ("print.pdf", "screen.pdf", "large.pdf"):
        with pikepdf.open(io.BytesIO(files[name])) as pdf:
            titles.append(str(pdf.docinfo["/Title"]))
    pages = [each for name, each in files.items() if name.endswith(".html")]
    titles += [page.decode().partition("<title>")[2].partition("</title>")[0] for page in pages]
    titles += [json.loads(files["data/issue.json"])["title"], json.loads(files["data/feed.json"])["title"]]
    with zipfile.ZipFile(io.BytesIO(files[f"epub/{quiz.NAME}.epub"])) as book:
        titles.append(book.read("EPUB/package.opf").decode().partition("<dc:title>")[2].partition("<")[0])
    titles.append(
        files["data/events.ics"].decode().replace("\r\n ", "").partition("X-WR-CALNAME:")[2].partition("\r")[0]
    )
    assert len(titles) > 7
    assert ["見本" in title for title in titles] == [sample] * len(titles)
    assert all((ROBOTS in page) is sample for page in pages)

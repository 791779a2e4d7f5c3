"""Files that want to take our time, our memory or our other files: each is refused by name, within 2 s of computing and
300 MB, and no address outside is asked."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.intake.sent import PAGE, RELATION, changed, codes, course, saved, slides, take, workspace

MAIN = "word/document.xml"
HEAD = b'<?xml version="1.0"?>'
NAMES = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _book() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["日", "行事"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


WORD = saved(docx.Document())
STRINGS = RELATION.format(id="rIdS", kind="sharedStrings", target="sharedStrings.xml", mode="").encode()
BOMBS = {
    "elements.docx": changed(WORD, {MAIN: HEAD + b"<w:document " + NAMES + b"><w:body>" + b"<w:p/>" * 350_000}),
    "deep.docx": changed(WORD, {MAIN: HEAD + b"<w:document " + NAMES + b">" + b"<w:p>" * 350_000}),
    "large.docx": changed(WORD, {MAIN: HEAD + b" " * 21_000_000}),
    "text.docx": changed(WORD, {MAIN: HEAD + b"<w:document " + NAMES + b"><w:t>" + b"a" * 6_000_000 + b"</w:t>"}),
    "laughs.docx": changed(
        WORD,
        {
            MAIN: HEAD
            + b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><w:document '
            + NAMES
            + b">&b;</w:document>"
        },
    ),
    "styles.docx": changed(WORD, {"word/styles.xml": b"<a>" + b"<b/>" * 350_000}),
    "cells.xlsx": changed(_book(), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>" + b"<c/>" * 600_000}),
    "strings.xlsx": changed(
        _book(),
        {
            "xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 300_000 + b"</sst>",
            "xl/_rels/workbook.xml.rels": lambda old: old.replace(b"</Relationships>", STRINGS + b"</Relationships>"),
        },
    ),
    "slide.pptx": changed(slides(), {"ppt/slides/slide1.xml": b"<a>" + b"<b/>" * 350_000}),
}
"""Small files that grow a thousandfold."""

RUN = """\
import re, sys, time
from pathlib import Path
from koho_pdf.intake.by_format import received
from koho_pdf.intake.received import Unread
for file in map(Path, sys.argv[1:]):
    before = time.process_time()
    try:
        told = "read", str(sum(len(each.pieces) for each in received(file.read_bytes(), file.name)))
    except Unread as fault:
        told = fault.finding.code, fault.finding.message
    print(*told, time.process_time() - before, sep="\\t")
print(int(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def test_a_bomb_is_refused_by_name(tmp_path: Path) -> None:
    """All of them in one process: its peak of memory is that of the worst."""
    for name, content in BOMBS.items():
        assert len(content) < 100_000
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-c", RUN, *(str(tmp_path / name) for name in BOMBS)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    *lines, megabytes = run.stdout.splitlines()
    for name, line in zip(BOMBS, lines, strict=True):
        code, message, seconds = line.split("\t")
        assert code in ("received-too-large", "received-refused", "received-broken"), line
        assert name in message
        assert float(seconds) < 2, line
    assert int(megabytes) < 300


def test_nothing_outside_is_asked_or_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def _refused(*told: object) -> None:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(socket.socket, "connect", _refused)
    monkeypatch.setattr(socket, "getaddrinfo", _refused)
    issue = workspace(tmp_path)
    xml = (
        "<w:p><w:r><w:drawing><a:blip xmlns:a='a' xmlns:r='r' r:link='rIdX'/></w:drawing></w:r>"
        "<w:r><w:t>文章です。</w:t></w:r></w:p>"
    )
    from tests.intake.sent import with_xml

    mode = ' TargetMode="External"'
    relation = RELATION.format(id="rIdX", kind="image", target="http://evil.example.jp/a.png", mode=mode)
    linked = with_xml(saved(docx.Document()), xml, relation)
    for name, content in (("a.docx", linked), ("a.html", PAGE.encode())):
        taken = take(issue, name, content)
        assert any(each.code == "received-outside" and "evil.example.jp" in each.message for each in taken.findings)
    with_macros = changed(course(), {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    assert "received-macros" in codes(take(issue, "m.docm", with_macros))
    book = changed(_book(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    opened = take(issue, "m.xlsm", book)
    assert "received-macros" in codes(opened) and opened.articles


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("half.docx", course()[:3000]),
        ("half.xlsx", _book()[:2000]),
        ("empty.docx", b""),
        ("blank.txt", b"\n\n  \n"),
        ("zip.docx", b"PK\x03\x04" + b"\0" * 100),
        ("not.pdf", b"%PDF-1.7 nothing"),
        ("nul.csv", b"a,b\n\0\0,\xff\xff\n"),
        ("quote.csv", '日,行事\n1,"始まり\n2,終わり'.encode()),
        ("odd.eml", b"\xff\xfe\x00"),
        ("half16.txt", "abcdefgh 漢字".encode("utf-16-le")[:-1]),
        ("base64.eml", b"Subject: =?utf-8?B?a?=\nFrom: a\n\nbody"),
        ("head.eml", b"Subject: =?x-unknown?B?!!!?=\nFrom: a\n\nbody"),
        ("deep.html", b"<div>" * 5000 + "深い言葉".encode() + b"</div>" * 5000),
        ("tags.html", b"<table><tr><td colspan=99999 rowspan=99999>x<table></table>"),
        ("image.html", b"<img src='data:image/png;base64,!!!!' alt='x'>"),
        ("controls.txt", "見出し\x0b\x01と\x07文章です。\u200b\ufeff\n".encode()),
        ("../name.txt", "文章です。".encode()),
        ("x" * 200 + ".txt", "文章です。".encode()),
        ("surrogate.txt", b"\xed\xa0\x80 abc \xc3"),
    ],
)
def test_odd_files_end_in_an_article_or_a_finding(name: str, content: bytes, tmp_path: Path) -> None:
    issue = workspace(tmp_path / "w", ("notice", "calendar"))
    taken = take(issue, Path(name).name, content)
    assert taken.articles or taken.findings
    for id_, _ in taken.articles:
        assert (issue / "articles" / f"{id_}.yaml").is_file()
    assert (
        "深い言葉" in "".join(each.read_text(encoding="utf-8") for each in (issue / "articles").glob("*.yaml"))
        or name != "deep.html"
    )


def test_a_picture_inside_of_a_page_is_taken(tmp_path: Path) -> None:
    from tests.intake.sent import article, picture

    content = base64.b64encode(picture().read()).decode()
    page = f"<h1>絵</h1><img src='data:image/jpeg;base64,{content}' alt='港'>"
    issue = workspace(tmp_path)
    said = article(issue, take(issue, "a.html", page.encode()))
    assert said["picture"] == {"file": "photos/a.jpg", "alt": "港"}

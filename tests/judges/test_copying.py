"""How sentences are counted as whole, and what a reader of our own house makes of the leaflet."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.conftest import LEAFLET, REPOSITORY

from judges.copying import READERS, lines_at, page, parted, sentences
from koho_pdf.archive.compare.two_issues import checked_manuscript


@pytest.fixture(scope="module")
def wanted() -> list[str]:
    return sentences(checked_manuscript(REPOSITORY / "content" / LEAFLET, REPOSITORY))


def test_the_sentences_are_those_of_the_source(wanted: list[str]) -> None:
    source = "".join((REPOSITORY / "tests" / "leaflet" / "leaflet-source.txt").read_text(encoding="utf-8").split())
    assert len(wanted) == len(set(wanted)) == 46
    heads = ("平成25年度市政執行の重点的な取組", "☎42-1809", "未来に向けて", "市政運営の基本理念に基づき")
    strange = [each for each in wanted if "".join(each.split()) not in source]
    assert [each for each in strange if not "".join(each.split()).startswith(heads)] == []


def test_a_sentence_is_whole_over_lines_and_not_with_anything_in_it() -> None:
    said = ["『留萌力』を育てます。", "本庁舎 2階"]
    assert parted(said, "『留萌\n力』を育て\r\nます。\f本庁舎 2階") == []
    assert parted(said, "『留萌\nるもい\n力』を育てます。本庁舎2階") == said[:1]
    assert parted(said, "『留萌（るもい）力』を育てます。本庁舎 2階", ["るもい"]) == []
    assert parted(said, "『留萌 力』を育てます。本庁舎2階") == []
    assert parted(said, "『留萌 力』を育てます。本庁舎2階", spaces=True) == said


def test_pdfium_gives_every_sentence_whole(leaflet: Path, wanted: list[str]) -> None:
    for name in ("screen.pdf", "print.pdf"):
        text = READERS["PDFium"](leaflet / name)
        assert (parted(wanted, text), parted(wanted, text, spaces=True)) == ([], []), name


def test_lines_are_brought_together_and_nothing_else(leaflet: Path, tmp_path: Path) -> None:
    lines_at(leaflet / "screen.pdf", tmp_path / "moved.pdf", 28 / 17 / 2)
    with pikepdf.open(leaflet / "screen.pdf") as was, pikepdf.open(tmp_path / "moved.pdf") as now:
        one, other = (
            [ins.operands for ins in pikepdf.parse_content_stream(pdf.pages[1]) if str(ins.operator) == "Tm"]
            for pdf in (was, now)
        )
    assert [float(each[4]) for each in one] == [float(each[4]) for each in other]
    assert [round(float(each[5]) / 2, 3) for each in one] == [round(float(each[5]), 3) for each in other]
    with pypdfium2.PdfDocument(tmp_path / "moved.pdf") as pdf:
        assert len(pdf) == 4


def test_the_page_says_what_was_measured() -> None:
    told = page(["| a | b | 1 of 2 | 1 |"], ["  | 1.5 em | 1 of 2 |"], ["- version of X: 1"])
    assert "| a | b | 1 of 2 | 1 |\n" in told
    assert told.endswith("- version of X: 1\n")

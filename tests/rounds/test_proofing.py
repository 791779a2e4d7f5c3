"""Rounds of proofs: what goes out, what is kept, and when a round is a new one."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.conftest import Edit, Koho
from tests.rounds.newsletter import DEPARTMENTS, NAME, put_out

from koho_pdf.errors import ManuscriptError
from koho_pdf.rounds import read_aloud_things as things
from koho_pdf.rounds.round import as_bytes, name_of, round_of, rounds_of

FIRST = f"out/proofs/{NAME}/1-初校"


def texts(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_goes_out(first_round: Path) -> None:
    names = sorted(held(first_round / FIRST))
    each = [f"departments/{n:02d}-{name}.{end}" for n, name in enumerate(DEPARTMENTS, 1) for end in ("html", "pdf")]
    assert names == sorted(["open.pdf", "proof.pdf", "reading.pdf", *each])


def test_a_proof_has_ids_and_lines_in_its_margins_and_its_name_across(first_round: Path) -> None:
    file = first_round / FIRST / "proof.pdf"
    pages = texts(file)
    assert all("初校 2月10日(水)" in page for page in pages)
    words = "\n".join(pages)
    assert {"shakai", "radio", "tax", "nishin"} <= set(re.findall(r"[a-z]+", words))
    with pypdfium2.PdfDocument(file) as document:
        page = document[0].get_textpage()
        width, height = document[0].get_size()
        left = page.get_text_bounded(0, 0, 34 * 72 / 25.4, height)
        assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (148 + 68, 210 + 25)
    lines = set(re.findall(r"\d+", left))
    assert {"2", "4", "6"} <= lines, "heading, body and second paragraph of shakai.yaml"
    with pikepdf.open(file) as pdf:
        assert "/Metadata" not in pdf.Root  # it claims nothing
        assert not any("/Interpolate" in str(page.obj.get("/Group", "")) for page in pdf.pages)


def test_a_round_is_kept_with_its_words_and_pages(first_round: Path) -> None:
    kept = held(first_round / "content" / NAME / "rounds" / "1")
    assert kept["manuscript/articles/tax.yaml"] == (first_round / "content" / NAME / "articles/tax.yaml").read_bytes()
    assert "pages.pdf" in kept
    made = rounds_of(first_round / "content" / NAME, first_round)[0]
    assert (made.name, made.date, made.until) == ("初校", "2027-02-10", "2月15日（月）")
    assert made.departments == DEPARTMENTS
    assert round_of(json.loads(as_bytes(made))) == made


def test_nothing_changed_is_no_new_round_and_the_same_bytes(city: Path) -> None:
    before = held(city / FIRST)
    made = put_out(city)
    assert (made.round.number, made.round.date, made.kept) == (1, "2027-02-10", False)
    assert held(city / FIRST) == before


def test_a_changed_word_makes_the_next_round(city: Path, edit: Edit) -> None:
    edit(city / "content" / NAME / "articles" / "tax.yaml", "2階", "3階")
    made = put_out(city, date="2027-02-17")
    assert (made.round.number, made.round.name, made.round.date) == (2, "再校", "2027-02-17")
    first = rounds_of(city / "content" / NAME, city)[0]
    assert any("2階" in passage.words for each in first.articles for passage in each.passages), "it stays as it was"
    reading = "".join(texts(made.target / "reading.pdf"))
    assert "初校）から変わったもの　1件" in reading
    changed = next(each for each in things.since(made.round, first) if each.new)
    assert (changed.words, changed.was) == ("3階", ("2階",))
    last = put_out(city, last=True)
    assert (last.round.number, last.round.name) == (3, "念校")


def test_again_takes_the_place_of_a_round_without_answers(city: Path, edit: Edit) -> None:
    edit(city / "content" / NAME / "articles" / "tax.yaml", "2階", "3階")
    made = put_out(city, again=True)
    assert (made.round.number, made.round.name) == (1, "初校")
    assert len(rounds_of(city / "content" / NAME, city)) == 1


@pytest.mark.parametrize(("number", "name"), [(1, "初校"), (2, "再校"), (3, "三校"), (10, "十校"), (12, "12校")])
def test_names_of_rounds(number: int, name: str) -> None:
    assert name_of(number) == name


def test_a_round_that_cannot_be_read_is_told(city: Path) -> None:
    (city / "content" / NAME / "rounds" / "1" / "round.json").write_bytes(b'{"schema": 1}')
    with pytest.raises(ManuscriptError) as fault:
        put_out(city)
    assert [each.code for each in fault.value.findings] == ["round-broken"]


def test_a_manuscript_with_mistakes_has_a_proof_with_its_open_findings(city: Path, edit: Edit) -> None:
    edit(city / "content" / NAME / "articles" / "tax.yaml", "3月15日(月)", "3月15日(火)")
    made = put_out(city)
    words = "".join(texts(made.target / "open.pdf"))
    assert "間違い1" in words and "tax.yaml:4" in words


def test_the_command(city: Path, koho: Koho) -> None:
    done = koho("proof", NAME, "--date", "2027/02/10", folder=city)
    assert (done.returncode, "--date" in done.stderr) == (64, True)
    done = koho("proof", NAME, folder=city)
    assert done.returncode == 0
    assert "前に出したときから何も変わっていない" in done.stdout


def test_a_word_that_may_be_a_place_is_not_called_a_name(first_round: Path) -> None:
    (made,) = rounds_of(first_round / "content" / NAME, first_round)
    words = "瀬越の浜に、留萌市長と浜谷修一さん。市史編さん室の三上ひなたさんも"
    passage = replace(made.articles[0].passages[0], words=words, role="body")
    read = things.things_in(replace(made, articles=(replace(made.articles[0], passages=(passage,)),)))
    found = {each.words: each.kind for each in read}
    assert (found["瀬越"], found["留萌"]) == (things.NAME_OR_PLACE, things.NAME_OR_PLACE)
    assert found["浜谷修一"] == things.NAME
    assert "市史編" not in found

"""Strange PDFs: with any bytes as names, broken or locked, the faults that we put into them are still found.

The seeds are kept: a number that once failed fails again in the same way. Everything is read in this process, so that
hundreds of files take seconds; ``test_hostile`` has the process that guards it.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.preflight.faults import press
from tests.preflight.strange import (
    FILTERS,
    NAMES,
    PLANTED,
    assembled,
    encrypted,
    for_a_certificate,
    written,
)

from koho_pdf.cli.streams import as_json
from koho_pdf.editions.papers import inspected
from koho_pdf.errors import PreflightError
from koho_pdf.findings import Finding
from koho_pdf.legible import is_plain
from koho_pdf.preflight.inspect import judge
from koho_pdf.preflight.pdf.reading import read_facts, read_here

SEEDS = range(150)
ANSWERS = {"unreadable", "encrypted", "heavy"}


def told(pdf: bytes, folder: Path) -> tuple[Finding, ...] | str:
    """The findings of a file, or the reason why it was not read; they are valid JSON and safe on a terminal."""
    path = folder / "strange.pdf"
    path.write_bytes(pdf)
    facts = read_here(path)
    if isinstance(facts, str):
        assert facts in ANSWERS
        return facts
    findings = judge(facts, press("offset-coated")).findings
    text = json.dumps(as_json(findings), allow_nan=False, ensure_ascii=False)
    assert json.loads(text.encode())
    assert all(is_plain(finding.message) for finding in findings)
    return findings


def codes(found: tuple[Finding, ...] | str) -> list[str]:
    assert not isinstance(found, str), found
    return sorted(finding.code for finding in found if finding.code != "spot-name-not-ascii")  # it hangs on them


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The findings about the page when its names are ASCII."""
    found = codes(told(written(NAMES["ascii"]), tmp_path_factory.mktemp("plain")))
    assert set(found) >= PLANTED
    return found


@pytest.mark.parametrize("filtered", FILTERS)
@pytest.mark.parametrize("name", NAMES)
def test_findings_do_not_hang_on_the_bytes_of_names(name: str, filtered: str, plain: list[str], tmp_path: Path) -> None:
    assert codes(told(written(NAMES[name], filtered), tmp_path)) == plain


def test_names_of_random_bytes_hide_nothing(plain: list[str], tmp_path: Path) -> None:
    kinds = ("font", "face", "space", "ink", "picture", "state", "tag", "drawn", "glyph", "other")
    for seed in SEEDS:
        dice = Random(seed)
        name = dice.randbytes(dice.randint(1, 40))
        places = frozenset(dice.sample(kinds, dice.randint(1, len(kinds))))
        found = codes(told(written(name, dice.choice([*FILTERS]), places), tmp_path))
        assert found == plain, f"seed {seed}"


HOW: tuple[dict[str, Any], ...] = (
    {"R": 6},
    {"R": 4, "aes": True},
    {"R": 4, "aes": False, "metadata": False},
    {"R": 3, "aes": False, "metadata": False},
)


def test_restrictions_hide_nothing_and_a_password_is_told(plain: list[str], tmp_path: Path) -> None:
    for name in ("ascii", "shift_jis", "not a sign"):
        for how in HOW:
            pdf = written(NAMES[name])
            assert set(codes(told(encrypted(pdf, **how), tmp_path))) >= {*plain, "pdf-encrypted"} - {"file-id-missing"}
            assert told(encrypted(pdf, user="secret", **how), tmp_path) == "encrypted"
    assert told(for_a_certificate(), tmp_path) == "encrypted"


def test_a_damaged_file_is_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    for seed in SEEDS:
        dice = Random(seed)
        pdf = bytearray(written(dice.choice([*NAMES.values()]), dice.choice([*FILTERS])))
        for _ in range(dice.randint(1, 8)):
            at = dice.randrange(len(pdf))
            match dice.randrange(5):
                case 0:
                    pdf[at] = dice.randrange(256)
                case 1:
                    del pdf[at : at + dice.randint(1, 60)]
                case 2:
                    pdf[at:at] = pdf[at : at + dice.randint(1, 60)]
                case 3:
                    pdf[at:at] = dice.choice(TOKENS)
                case _:
                    number = dice.choice([b"-1", b"0", b"99999999999999999999", b"1e400", b"1.5.2", b"null"])
                    pdf[at : at + 1] = b" " + number + b" "
        told(bytes(pdf), tmp_path)


TOKENS = (
    *(b"<<", b">>", b"[", b"]", b"(", b")", b"endobj", b"endstream", b"stream\n", b"/", b"#", b"%", b" 3 0 R ", b"\0"),
    *(
        b"/Length 5",
        b"/Filter/LZWDecode",
        b"/Filter[/FlateDecode/DCTDecode]",
        b"/Kids[3 0 R]",
        b"/Type/ObjStm",
        b" Do ",
    ),
)


@pytest.mark.parametrize(
    ("part", "broken"),
    [
        ("Metadata", b"<</Type/Metadata/Subtype/XML/Filter/NoSuchDecode/Length 3>>stream\nabc\nendstream"),
        ("OutputIntents", b"[<</S/GTS_PDFX/DestOutputProfile 4 0 R/OutputConditionIdentifier(x)>>]"),
        ("Names", b"[1 2 3]"),
        ("Outlines", b"<</First 3 0 R>>"),
    ],
)
def test_a_part_that_cannot_be_read_takes_no_page_with_it(part: str, broken: bytes, tmp_path: Path) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<<>>>>"
    bad = b"<</Filter/NoSuchDecode/Length 3>>stream\nabc\nendstream"
    content = b"<</Length 25>>stream\n1 0 0 rg 0 0 100 100 re f\nendstream"
    catalog = b"<</Type/Catalog/Pages 2 0 R/%s 6 0 R>>" % part.encode()
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    found = codes(told(assembled([catalog, pages, page, bad, content, broken]), tmp_path))
    assert "colour-not-process" in found
    assert ("pdf-damaged" in found) is (part in ("Metadata", "OutputIntents"))


def test_a_part_of_the_content_that_cannot_be_read_is_told_and_the_rest_judged(tmp_path: Path) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[4 0 R 5 0 R]/Resources<<>>>>"
    bad = b"<</Filter/NoSuchDecode/Length 3>>stream\nabc\nendstream"
    content = b"<</Length 25>>stream\n1 0 0 rg 0 0 100 100 re f\nendstream"
    catalog, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    found = codes(told(assembled([catalog, pages, page, bad, content]), tmp_path))
    assert {"content-broken", "colour-not-process"} <= set(found)
    found = codes(told(assembled([catalog, pages, page, bad, bad]), tmp_path))
    assert "content-broken" in found
    assert "empty-page" not in found, "what cannot be read is not known to be empty"


def test_the_process_of_its_own_says_the_same() -> None:
    facts = read_facts(written(NAMES["shift_jis"]))
    (page,) = facts.pages
    assert {font.name for font in page.fonts} == {"特色赤1", "Type3"}
    assert [spot.name for spot in page.spots] == ["特色赤3"]
    with pytest.raises(PreflightError) as refused:
        read_facts(for_a_certificate())
    assert [finding.code for finding in refused.value.findings] == ["pdf-encrypted"]


@pytest.mark.parametrize("name", ["ascii", "shift_jis", "control characters"])
def test_the_plate_of_an_ink_goes_by_the_name_that_is_read(name: str) -> None:
    report = inspected(written(NAMES[name]), press("offset-coated"))
    assert report.plates is not None
    (facts,), (plates,) = report.facts.pages, report.plates
    assert {spot.name for spot in facts.spots} <= set(plates.plates)


def test_a_slip_at_which_ghostscript_stops_takes_no_finding_with_it() -> None:
    """A miter limit below 1 (ISO 32000-1, 8.4.3.5), as a public test file has it."""
    state = b"<</Type/ExtGState/LW 10/ML 0.3>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</ExtGState<</G 5 0 R>>>>>>"
    content = b"/G gs 1 0 0 rg 100 100 50 50 re f"
    report = inspected(
        assembled(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
                page,
                b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
                state,
            ]
        ),
        press("offset-coated"),
    )
    found = {finding.code for finding in report.findings}
    assert {"plates-mended", "colour-not-process", "trim-missing"} <= found
    assert report.plates

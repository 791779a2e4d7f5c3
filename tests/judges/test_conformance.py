"""The table of verdicts: every case is heard or says why not, a no is plain to see, and a lax judge is found out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from judges.__main__ import JUDGES, heard
from judges.conformance import page
from judges.spoiling import cut_short
from judges.verdict import Case, Judge, Verdict

ROOT = Path(__file__).parents[2]


def strict(cases: Sequence[Case]) -> Sequence[Verdict]:
    """Whole files end with their end."""
    return [Verdict(case.path.read_bytes().endswith(b"%%EOF"), "no end") for case in cases]


def lax(cases: Sequence[Case]) -> Sequence[Verdict]:
    return [Verdict(True) for _ in cases]


def judge(verdicts: object) -> Judge:
    return Judge("reader", "whole?", lambda: "1.0", lambda case: case.pages > 0, verdicts, "cut", cut_short)  # type: ignore[arg-type]


@pytest.fixture
def shown(tmp_path: Path) -> list[Case]:
    """A good file, a bad one, one that could not be built, and one no question is asked about."""
    (tmp_path / "good.pdf").write_bytes(b"%PDF body %%EOF")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF body")
    return [
        Case("good", tmp_path / "good.pdf", 1),
        Case("bad", tmp_path / "bad.pdf", 1),
        Case("unbuilt", tmp_path / "none.pdf", 1, trouble="overset"),
        Case("other", tmp_path / "none.pdf", 0),
    ]


def test_every_case_gets_its_verdict(shown: list[Case], tmp_path: Path) -> None:
    verdicts, refused = heard(judge(strict), shown, tmp_path)
    assert refused
    assert verdicts == {
        "good": Verdict(True, "no end"),
        "bad": Verdict(False, "no end"),
        "unbuilt": Verdict(False, "not built (overset)"),
    }


def test_a_judge_that_cannot_say_no_is_found_out(shown: list[Case], tmp_path: Path) -> None:
    assert heard(judge(lax), shown, tmp_path)[1] is False


def test_the_page_says_no_in_bold_and_names_versions_where_they_may_differ(shown: list[Case], tmp_path: Path) -> None:
    reader = judge(strict)
    verdicts, refused = heard(reader, shown, tmp_path)
    text = page([reader], shown, {("reader", name): said for name, said in verdicts.items()}, {"reader": refused})
    assert (
        "\n| good | yes |\n| bad | **no**: no end |\n| unbuilt | **no**: not built (overset) |\n| other | – |\n" in text
    )
    assert "\n| reader | whole? | cut | yes |\n" in text
    assert "\n- version of reader: 1.0\n" in text


def test_the_page_in_the_repository_is_of_these_judges() -> None:
    """CI asks again to find out whether its verdicts are up to date."""
    text = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")
    assert f"| file | {' | '.join(judge.name for judge in JUDGES)} |" in text
    assert set(re.findall(r"^- version of (\S+): \S", text, re.MULTILINE)) == {
        "EPUBCheck",
        "Ghostscript",
        "Lighthouse",
        "LittleCMS",
        "Nu",
        "Poppler",
        "pdf.js",
        "pikepdf",
        "qpdf",
        "veraPDF",
    }
    for said in (part for judge in JUDGES for part in (judge.asked, judge.spoilt)):
        assert said in text

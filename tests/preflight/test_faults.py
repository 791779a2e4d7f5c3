"""100 % of the seeded faults are found, and a clean file has no finding: one PDF a check, broken there only."""

from __future__ import annotations

import ast

import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.preflight.drafts import REPOSITORY, Draft, text
from tests.preflight.faults import FAULTS, X1A, X4, Fault, beside, k_only, press

from koho_pdf.composition.document import Placed
from koho_pdf.geometry import Rect
from koho_pdf.preflight.inspect import Report, inspect
from koho_pdf.preflight.plates.plates import separations
from koho_pdf.press.profile import Press

MAKERS = {"error": 0, "warning": 0, "Finding": 1}  # and where they take the code
RULES = sorted((REPOSITORY / "src" / "koho_pdf" / "preflight" / "rules").glob("rules_*.py"))


def named(fault: Fault) -> str:
    at = [each for each in FAULTS if each.code == fault.code].index(fault)
    return f"{fault.code}-{at + 1}"


def judged(draft: Draft, by: Press, plates: bool = False) -> Report:
    pdf = draft.written()
    return inspect(pdf, by, separations(pdf) if plates else None)


@pytest.mark.parametrize(("above", "field"), [(0.1, "name"), (0.7, "name"), (3, None)])
def test_a_reading_is_told_by_the_words_that_it_stands_above(above: float, field: str | None) -> None:
    draft = Draft(X4)
    draft.draw(text(5, 20, 70, "/Over gs 0 0 0 1 k"))
    pdf = draft.written()
    (small,) = inspect(pdf, press("offset-coated")).findings
    box = small.where.box
    assert (small.code, box is not None) == ("text-too-small", True)
    assert box
    line = Placed("name", 1, Rect(box.x - 5, box.y + box.height + above, 60, 6), None)
    far = Placed("far", 1, Rect(box.x, box.y + 40, 60, 6), None)
    (told,) = inspect(pdf, press("offset-coated"), placed=(far, line)).findings
    assert told.where.field == field


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("fault", FAULTS, ids=named)
def test_a_fault_is_found_and_nothing_else(fault: Fault) -> None:
    draft = Draft(fault.standard)
    fault.act(draft)
    pdf = draft.written()
    if fault.how:
        pdf = fault.how(pdf)
    report = inspect(pdf, press(fault.press), separations(pdf) if fault.plates else None)

    assert {(str(finding.severity), finding.code) for finding in report.findings} == {(fault.severity, fault.code)}
    for finding in report.findings:
        assert finding.hint
        assert finding.why


@pytest.mark.parametrize(
    ("standard", "name"),
    [(X4, "offset-coated"), (X1A, "offset-coated-x1a"), (X4, "sheet-with-tombo")],
)
def test_a_clean_file_has_no_finding(standard: str, name: str) -> None:
    assert judged(Draft(standard), press(name), plates=True).findings == ()


def test_what_only_leads_to_a_place_is_no_script() -> None:
    draft = Draft()
    place = Dictionary(S=Name.GoTo, D=Array([draft.page.obj, Name.Fit]))
    draft.page.obj.Annots = Array([beside(A=Dictionary(S=Name.URI, URI=String("https://www.example.jp/")))])
    draft.pdf.Root.OpenAction = place
    draft.pdf.Root.Outlines = Dictionary(First=Dictionary(Title=String("1"), A=place))
    assert judged(draft, press("offset-coated")).findings == ()


def test_a_dash_that_ends_in_the_bleed_is_no_missing_bleed() -> None:
    draft = Draft()
    draft.draw("0.4 0 0 0 k 90 60 3 1 re 94 60 3 1 re 98 60 3.2 1 re f")
    assert judged(draft, press("offset-coated")).findings == ()


def test_a_clean_file_of_two_colours_has_no_finding() -> None:
    draft = Draft()
    k_only(draft)
    draft.draw("0.4 0 0 0 k 70 60 10 10 re f")
    assert judged(draft, press("offset-two-colour"), plates=True).findings == ()


def test_every_code_of_the_rules_has_its_broken_file() -> None:
    raised = {
        argument.value
        for module in RULES
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MAKERS
        for argument in call.args[MAKERS[call.func.id] :][:1]
        if isinstance(argument, ast.Constant)
    }
    assert len(raised) > 50
    # trim-size below: it needs the size that was ordered; the other in tests/plan/test_inks.py: the inks of each page
    assert raised - {fault.code for fault in FAULTS} == {"trim-size", "ink-not-on-page"}


def test_the_trim_is_the_size_that_was_ordered() -> None:
    pdf = Draft().written()
    assert inspect(pdf, press("offset-coated"), trims=[(100, 100)] * 4).findings == ()
    found = inspect(pdf, press("offset-coated"), trims=[(100, 101)] * 4).findings
    assert {finding.code for finding in found} == {"trim-size"}
    assert [finding.where.page for finding in found] == [1, 2, 3, 4]

"""Slips in a plan, and in the layout that it asks for: told once, where they stand, to the owner of the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.plan.paper import NAME, make, notice

from koho_pdf.cli.fit_table import fit_table
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding, errors_in
from koho_pdf.pipeline import Fit, build, look
from koho_pdf.workspace.workspace import open_workspace

FEATURE = "kind: feature\nheading: 鰊がきた町\nlead: 春の話です。\nparts:\n  - {heading: 一, body: 海です。}\n"
ARTICLES = {"n1": notice(1, 40), "n2": notice(2, 40), "nishin": FEATURE}
GOOD = ("cover", "notices: {main: [n1, n2]}", "feature: {main: [nishin]}")
ISSUE, LAYOUT = f"content/{NAME}/issue.yaml", "layouts/monthly/layout.yaml"


def told(folder: Path, *editions: str) -> tuple[KohoError, list[Finding]]:
    with pytest.raises(KohoError) as fault:
        build(folder, open_workspace(folder.parents[1]), editions or ("screen",))
    return fault.value, list(errors_in(fault.value.findings))


@pytest.mark.parametrize(
    ("pages", "code", "line", "said"),
    [
        (("cover", "notises: {main: [n1, n2]}", GOOD[2]), "plan-page-unknown", 6, "「notices」のこと"),
        (("cover", "notices: {mian: [n1, n2]}", GOOD[2]), "plan-region-unknown", 6, "「main」のこと"),
        (("covr", *GOOD[1:]), "plan-page-unknown", 5, "「cover」のこと"),
        (("cover", "notices: {main: [n1, n2, nishin]}"), "plan-kind-not-here", 6, "notice"),
        (("cover", "{page: notices, ink: kc, main: [n1, n2]}", GOOD[2]), "plan-not-understood", 6, "「inks」のこと"),
        (("cover", "{pge: notices, main: [n1, n2]}", GOOD[2]), "plan-not-understood", 6, "「page」のこと"),
        (("cover", "notices:{main: [n1, n2]}", GOOD[2]), "space-after-colon", 6, "半角の空白"),
        (("cover", "notices：{main: [n1, n2]}", GOOD[2]), "wide-colon", 6, "半角の「:」"),
        (("cover", "notices：　{main: [n1, n2]}", GOOD[2]), "wide-colon", 6, "半角の「:」"),
        (("cover", "notices：\n      main: [n1, n2]", GOOD[2]), "wide-colon", 6, "半角の「:」"),
        (("cover", "two-notices：\n      main: [n1, n2]", GOOD[2]), "wide-colon", 6, "半角の「:」"),
        (("cover", "notices: {main:[n1, n2]}", GOOD[2]), "yaml-syntax", 6, "「名前: 」の空白"),
    ],
)
def test_one_finding_for_the_editor(
    home: Path, tmp_path: Path, pages: tuple[str, ...], code: str, line: int, said: str
) -> None:
    """Nothing blames the template for what stands on no page, and the exit code is that of the manuscript."""
    fault, found = told(make(tmp_path, ARTICLES, pages), "print", "screen")
    assert [(each.code, each.where.file, each.where.line) for each in found] == [(code, ISSUE, line)], found
    assert (fault.exit_code, said in found[0].hint) == (2, True), found


def test_no_plan_and_an_empty_one_are_told_once(home: Path, tmp_path: Path) -> None:
    folder = make(tmp_path, ARTICLES, GOOD)
    text = (folder / "issue.yaml").read_text(encoding="utf-8")
    plan = text[text.index("pages:") : text.index("ask:")]
    (folder / "issue.yaml").write_text(text.replace(plan, "pages: []\n"), encoding="utf-8")
    with pytest.raises(KohoError) as fault:
        build(folder, open_workspace(tmp_path), ("screen",))
    assert [(each.code, each.where.line) for each in fault.value.findings] == [("plan-not-understood", 4)]


def test_a_page_type_with_a_colon_and_nothing_is_an_empty_page(home: Path, tmp_path: Path) -> None:
    folder = make(tmp_path, ARTICLES, [*GOOD, "feature:"])
    fits = list[Fit]()
    made = build(folder, open_workspace(tmp_path), ("print",), fit=fits.append)
    assert [(each.page, bool(each.articles)) for each in fits[0].regions] == [(2, True), (3, True), (4, False)]
    assert [each.code for each in made.findings if each.severity != "note"] == []


def test_the_number_of_pages_is_told_at_the_plan(home: Path, tmp_path: Path) -> None:
    made = build(make(tmp_path, ARTICLES, GOOD), open_workspace(tmp_path), ("print",))
    assert [(each.code, each.where.file, each.where.line) for each in made.findings] == [("page-multiple", ISSUE, 4)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kinds: [notice]", "kinds: [notise]", "「notice」のこと"),
        ("kinds: [notice]", "kinds: notise", "「notice」のこと"),
        ("pages: 0", "pages: 6", "「pages: 0」"),
    ],
)
def test_a_slip_of_the_layout_is_told_to_the_designer(
    home: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = make(tmp_path, ARTICLES, GOOD)
    layout = tmp_path / LAYOUT
    text = layout.read_text(encoding="utf-8").replace(old, new)
    layout.write_text(text, encoding="utf-8")
    line = next(number for number, each in enumerate(text.splitlines(), 1) if new in each)
    fault, found = told(folder)
    assert [(each.code, each.where.file, each.where.line) for each in found] == [("layout-broken", LAYOUT, line)]
    assert (fault.exit_code, said in found[0].hint) == (3, True), found


def test_columns_that_touch_are_told_to_the_designer_where_the_plan_uses_them(home: Path, tmp_path: Path) -> None:
    folder = make(tmp_path, ARTICLES, GOOD)
    layout = tmp_path / LAYOUT
    text = layout.read_text(encoding="utf-8").replace("gutter: 5", "gutter: 0")
    layout.write_text(text, encoding="utf-8")
    _, found = look(folder, open_workspace(tmp_path))
    line = next(number for number, each in enumerate(text.splitlines(), 1) if each == "      main:")
    assert [(each.code, each.where.file, each.where.line) for each in found] == [("columns-touch", LAYOUT, line)]


def test_the_table_says_that_more_would_fit(home: Path, tmp_path: Path) -> None:
    """With steps of ``fit`` left; set as tight as it may be it says how."""
    fits = list[Fit]()
    folder = make(tmp_path, ARTICLES, GOOD, fit="{gap: [0, 7]}")
    build(folder, open_workspace(tmp_path), ("screen",), fit=fits.append)
    use = fits[0].regions[0]
    head = next(iter(fit_table([use], ())))
    assert head.endswith("行（詰めればもっと入ります）"), head
    tight = replace(use, fitted=(("gap", 0.0),), may_fit=False)
    assert "もっと" not in next(iter(fit_table([tight], ())))
    assert not fits[0].regions[1].may_fit

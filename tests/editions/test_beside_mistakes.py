"""A manuscript with mistakes: they are told as ever, and beside them what is wrong with the pages all the same."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from tests.conftest import Edit, Koho, Told
from tests.kinds import quiz
from tests.plan import paper

from koho_pdf.content.article_files import read_issue
from koho_pdf.editions.checked_issue import checked_whole
from koho_pdf.editions.proofread import proofread
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding
from koho_pdf.workspace.workspace import open_workspace

HAIRLINE = ".lead { border-bottom: .02mm solid }\n"


def of_manuscript(folder: Path) -> tuple[Finding, ...]:
    """What is wrong with the manuscript alone; nothing if it is sound."""
    workspace = open_workspace(folder.parents[1])
    try:
        checked_whole(read_issue(folder, workspace.root), folder, workspace)
    except ManuscriptError as refused:
        return refused.findings
    return ()


def beside(told: Told, folder: Path) -> list[tuple[str, str | None]]:
    """What a build tells beside the manuscript's own findings, which come first and unchanged."""
    own = of_manuscript(folder)
    found = told(folder.parents[1], folder.name, ("screen",))
    assert own
    assert set(own) <= set(found)
    return [(each.code, each.where.field) for each in found if each not in own]


def test_a_mistake_hides_neither_the_preflight_nor_what_does_not_fit(tmp_path: Path, koho: Koho, edit: Edit) -> None:
    folder = quiz.make(tmp_path)
    css, html = (tmp_path / "layouts" / "quiz" / name for name in ("layout.css", "layout.html"))
    css.write_text(css.read_text(encoding="utf-8") + HAIRLINE, encoding="utf-8")
    edit(html, '<p data-field="ask.section">', '<p style="color: var(--sea)" data-field="ask.section">')
    edit(html, '<p data-field="rules.until">{{ issue.rules.until }}</p>', "")
    edit(folder / "issue.yaml", "るもいクイズ", "るもいのことをたくさん聞くクイズ")
    edit(folder / "issue.yaml", "telephone: 42-1809", "telephone: 四二")
    done = koho("build", folder.name, "--edition", "print", folder=tmp_path)
    assert done.returncode == 2, "the manuscript's owner comes first"
    assert done.stderr.index("(telephone-not-understood)") < done.stderr.index("(overset)")
    codes = re.findall(r"\[間違い\].*\((.*)\)", done.stderr)
    beside_it = {"overset", "thin-line", "css-variable-unknown", "words-missing"}
    assert set(codes) == {"telephone-not-understood", *beside_it}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("るもいクイズ", "''"),
        ("prize: 正解", "prize: '{正解|' # 正解"),
        ("choices: [夕日, オーロラ, 樹氷]", "choices: [夕日]"),
        ("until: 令和9年7月31日", "until: 令和9年7月41日"),
        ("winners: 20", "winers: 20"),
        ("  - name: まちの回\n", "  - nane: まちの回\n"),
        ("    questions:\n      - question: 市の木", "    questionz:\n      - question: 市の木"),
        ("date: 令和9年7月1日\n", ""),
        ("choices: [サンマ, ニシン]", "choices: [[サンマ], {ニシン: 1}]"),
        ("lead: ", "lead:\n  - "),
        ("layout: quiz", "layout: quizz"),
    ],
)
def test_what_stands_in_the_place_of_a_mistake_is_not_blamed(
    tmp_path: Path, told: Told, edit: Edit, old: str, new: str
) -> None:
    folder = quiz.make(tmp_path)
    edit(folder / "issue.yaml", old, new)
    assert beside(told, folder) == []


def test_the_slot_of_a_mistake_is_not_blamed_and_its_neighbours_are(tmp_path: Path, told: Told, edit: Edit) -> None:
    """The title's slot takes no character: what stands there cannot fit, and says nothing of what should."""
    folder = quiz.make(tmp_path)
    layout = tmp_path / "layouts" / "quiz" / "layout.yaml"
    edit(layout, "chars_per_line: 11", "chars_per_line: 1")
    edit(folder / "issue.yaml", "るもいクイズ", "'{るもい|'")
    assert beside(told, folder) == []
    edit(folder / "issue.yaml", "まちの回", "まち\U0002a6a5の回")
    assert ("glyph-missing", "rounds.1.name") in beside(told, folder)


def broken(text: str, random: Random) -> str:
    """A manuscript in which somebody's fingers slipped."""
    lines = text.split("\n")
    for _ in range(random.choice([1, 1, 2])):
        at = random.choice([number for number, line in enumerate(lines) if ":" in line])
        name, _, value = lines[at].partition(":")
        junk = random.choice(["", "[a, b]", "{a: b}", "'{漢|'", "いつか", "no", "長い" * 30, "42-18"])
        slip = [[], [f"{name}: {junk}"], [f"{name[:-1]}:{value}"], [lines[at]] * 2, [f" {lines[at]}"]]
        lines[at : at + 1] = random.choice(slip)
    return "\n".join(lines)


def test_slips_of_the_finger_never_hide_the_designers_and_never_give_others(
    tmp_path: Path, told: Told, edit: Edit
) -> None:
    folder = quiz.make(tmp_path)
    edit(tmp_path / "layouts" / "quiz" / "layout.css", "var(--ink)", "var(--inc)")
    random, seen = Random(1810), 0
    while seen < 8:
        (folder / "issue.yaml").write_text(broken(quiz.MANUSCRIPT, random), encoding="utf-8")
        if not (own := of_manuscript(folder)):
            continue
        seen += 1
        found = beside(told, folder)
        if any(each.where.field == "layout" or each.code.startswith("yaml") for each in own):
            assert found == []  # no layout is asked for
        else:
            assert [code for code, _ in found if code != "glyph-missing"] in ([], ["css-variable-unknown"]), own
            assert "css-variable-unknown" in dict(found) or not any(each.where.field for each in own), own


def test_a_region_is_blamed_only_if_all_its_articles_are_sound(tmp_path: Path, told: Told, edit: Edit) -> None:
    articles = {f"n{number}": paper.notice(number, 700) for number in range(1, 5)}
    pages = ("cover", "notices: {main: [n1, n2]}", "notices: {main: [n3]}", "notices: {main: [n4]}")
    folder = paper.make(tmp_path, articles, pages, depth=70)
    edit(folder / "articles" / "n1.yaml", "heading: ", "heading: '{|' #")
    found = beside(told, folder)
    assert [each for each in found if each[0] == "region-overset"] == [("region-overset", f"n{n}:") for n in (3, 4)]
    assert not any((field or "").startswith(("n1", "n2")) for _, field in found)
    edit(folder / "issue.yaml", "[n3]", "[n3, nn]")
    assert beside(told, folder) == [], "which articles stand there is itself in doubt"


def test_the_words_beside_a_mistake_are_read_by_the_text_gate(tmp_path: Path, edit: Edit) -> None:
    folder = quiz.make(tmp_path)
    edit(folder / "issue.yaml", "日本海の西を向いています。", "7月3日（月）に向きます。")  # it is a Saturday
    edit(folder / "issue.yaml", "正解した方", "8月1日（月）の方")
    workspace = open_workspace(tmp_path)
    whole = {(each.code, each.where.field) for each in proofread(folder, workspace).findings}
    hint, prize = ("l01-weekday", "rounds.0.questions.0.hint"), ("l01-weekday", "prize")
    assert {hint, prize} <= whole
    edit(folder / "issue.yaml", "8月1日（月）の方", "8月1日（月）の{方|")
    told = {(each.code, each.where.field) for each in proofread(folder, workspace).findings}
    assert hint in told
    assert prize not in told
    edit(folder / "issue.yaml", "date: 令和9年7月1日", "date: 令和9年7月99日")
    assert proofread(folder, workspace).findings == (), "every weekday depends on it"

"""What a layout prints around the regions is measured like the manuscript's text: size, trim, holes, overlaps."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plan.paper import NAME, make, notice
from tests.plan.test_pages import lines_on

from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import open_workspace

AT = "position: absolute; left: 15mm; margin: 0;"
HEAD = f'<p class="head" style="{AT} top: 10mm; STYLE">とても長い柱の言葉です</p>'
TYPE = "layouts/monthly/pages/notices.html"


def furnished(root: Path, furniture: str, *, contract: str = "", edition: str = "print") -> list[Finding]:
    """What is told of a page of two notices with this furniture before its region."""
    folder = make(root, {f"n{number}": notice(number, 60) for number in (1, 2)}, ["cover", "notices: {main: [n1, n2]}"])
    layout = root / "layouts" / "monthly"
    page = layout / "pages" / "notices.html"
    page.write_text(furniture + page.read_text(encoding="utf-8"), encoding="utf-8")
    with (layout / "layout.yaml").open("a", encoding="utf-8") as file:
        file.write(contract)
    try:
        return list(build(folder, open_workspace(root), (edition,)).findings)
    except KohoError as fault:
        return list(fault.findings)


@pytest.mark.parametrize(
    ("style", "code"),
    [
        ("", None),
        ("height: 2mm; overflow: hidden", "words-unseen"),
        ("width: 20mm; white-space: nowrap; overflow: hidden", "words-unseen"),
        ("clip: rect(0, 10mm, 10mm, 0)", "words-unseen"),
        ("left: -30mm", "text-off-page"),
        ("left: 180mm; white-space: nowrap", "text-off-page"),
        ("top: 1mm", "text-near-trim"),
        ("font-size: 4pt", "type-too-small"),
        ("transform: scale(.7)", "type-too-small"),  # 11.9 Q on paper
        ("top: 31mm", "words-unseen"),  # over the first notice
        ("color: device-cmyk(0 0 0 0)", "words-unseen"),
        ("visibility: hidden", "text-unpainted"),
    ],
)
def test_hostile_furniture_is_told_to_the_designer(home: Path, tmp_path: Path, style: str, code: str | None) -> None:
    found = furnished(tmp_path, HEAD.replace("STYLE", style))
    told = [each for each in found if each.code not in ("page-multiple",)]
    if code is None:
        assert told == []
        return
    of_layout = [each for each in told if each.code == code and (each.where.file or "").startswith("layouts/")]
    assert len(of_layout) == (2 if style == "top: 31mm" else 1)  # of two that stand upon each other, both
    assert {(each.where.page, each.severity) for each in of_layout} == {(2, "error")}
    assert {each.where.file for each in of_layout} & {TYPE, "layouts/monthly/layout.css"}


def test_words_in_a_drawing_are_measured_as_they_stand(home: Path, tmp_path: Path) -> None:
    """4 units are 16 Q where 40 of them are 40 mm, 8 Q where 80 are."""
    words = '<text y="5" font-size="4" font-family="BIZ UDGothic" fill="device-cmyk(0 0 0 1)">WORDS</text></svg>'
    svg = f'<svg role="img" aria-label="案内図" style="{AT} top: 10mm; width: 40mm; height: 10mm"'
    large = f'{svg} viewBox="0 0 40 10">{words}'.replace("WORDS", "大きい")
    small = f'{svg} viewBox="0 0 80 20">{words}'.replace("WORDS", "小さい").replace("top: 10mm", "top: 272mm")
    found = [each for each in furnished(tmp_path, large + small) if each.code == "type-too-small"]
    assert [("小さい" in each.message, "8.0級" in each.message) for each in found] == [(True, True)]


def test_words_of_koho_yaml_are_told_where_they_stand(home: Path, tmp_path: Path) -> None:
    """If its name cannot be printed, its owner has the finding; about its size, the designer."""
    furniture = (
        f'<p data-owner="city.municipality" style="{AT} top: 1mm; font-size: 2mm">{{{{ city.municipality }}}}</p>'
    )
    found = {each.code: each.where.file for each in furnished(tmp_path, furniture)}
    assert (found["text-near-trim"], found["type-too-small"]) == ("koho.yaml", TYPE)


def test_words_in_the_template_of_a_kind_are_told_there(home: Path, tmp_path: Path) -> None:
    root = tmp_path
    folder = make(root, {"n1": notice(1, 60)}, ["cover", "notices: {main: [n1]}"])
    own = root / "layouts" / "monthly" / "kinds"
    own.mkdir()
    (own / "notice.html").write_text(
        '<section><small style="font-size: 2mm">お知らせ</small>{% from "blocks.html" import blocks with context %}'
        '<h2 data-field="{{ article.heading.field }}">{{ article.heading|inline }}</h2>{{ blocks(told.blocks, 3) }}'
        "</section>",
        encoding="utf-8",
    )
    with pytest.raises(KohoError) as fault:
        build(folder, open_workspace(root), ("screen",))
    (small,) = [each for each in fault.value.findings if each.code == "type-too-small"]
    assert small.where.file == "layouts/monthly/kinds/notice.html"


@pytest.mark.parametrize(("binding", "sides"), [("left", "right left right left"), ("right", "left right left right")])
def test_running_heads_and_folios_stand_on_the_outer_side_of_each_page(
    home: Path, tmp_path: Path, binding: str, sides: str
) -> None:
    """Page 1 is a right page where the issue is bound on the left, a left page where on the right."""
    articles = {f"n{number}": notice(number, 30) for number in range(1, 5)}
    folder = make(tmp_path, articles, [f"notices: {{main: [n{number}]}}" for number in range(1, 5)])
    layout = tmp_path / "layouts" / "monthly"
    contract = layout / "layout.yaml"
    text = contract.read_text(encoding="utf-8").replace("bleed: 3\n", f"bleed: 3\nbinding: {binding}\n")
    contract.write_text(f"{text}omits: {{screen: {{title: 表紙なし, ask: 表紙なし}}}}\n", encoding="utf-8")
    page = layout / "pages" / "notices.html"
    head = '<p class="head" style="position: absolute; top: 10mm; {{ page.side }}: 15mm">{{ page.title }}</p>'
    page.write_text(head + page.read_text(encoding="utf-8"), encoding="utf-8")
    made = build(folder, open_workspace(tmp_path), ("screen",))
    for number, side in enumerate(sides.split(), 1):
        found = lines_on(made.files["screen.pdf"], number)
        heads, folios = [x for _, x, y in found if y < 20], [x for _, x, y in found if y > 280]
        assert heads
        assert folios
        assert {x > 105 for x in (*heads, *folios)} == {side == "right"}


HOLES = """
keep_outs:
  綴じ穴: {at: 2 138 13 21, side: right, types: [notices]}
  裏の穴: {at: 195 138 13 21, side: left, types: [notices]}
  表紙の穴: {at: 20 20 40 9, types: [cover]}
"""


def test_text_that_meets_a_hole_is_told_to_its_owner(home: Path, tmp_path: Path) -> None:
    furniture = f'<p style="{AT} left: 198mm; top: 140mm">柱</p><p style="{AT} left: 6mm; top: 140mm">頭</p>'
    found = [each for each in furnished(tmp_path, furniture, contract=HOLES) if each.code == "text-in-keep-out"]
    told = {each.message.partition("が当たります")[0]: (each.where.file, each.where.page) for each in found}
    assert told == {
        "「広報るもい三月号」に、表紙の穴": (f"content/{NAME}/issue.yaml", 1),
        "「政策調整課」に、表紙の穴": (f"content/{NAME}/issue.yaml", 1),
        "「柱」に、裏の穴": (TYPE, 2),  # page 2 is a left page; the hole of right pages is not on it
    }


@pytest.mark.parametrize(("place", "met"), [("60 0 0 297", True), ("90 0 0 297", False), ("0 16 210 0", True)])
def test_a_fold_without_width_is_met_by_text_on_both_sides(home: Path, tmp_path: Path, place: str, met: bool) -> None:
    contract = f"keep_outs: {{折り目: {{at: {place}, pages: [2]}}}}\n"
    found = furnished(tmp_path, HEAD.replace("STYLE", "top: 13mm"), contract=contract, edition="screen")
    assert any(each.code == "text-in-keep-out" and each.where.file == TYPE for each in found) == met


def test_what_makes_a_page_of_its_own_is_told(home: Path, tmp_path: Path) -> None:
    two = '<p style="margin: 20mm">流れる言葉。</p>' * 2
    found = furnished(tmp_path, two.replace("margin", "break-after: page; margin"), edition="screen")
    (count,) = [each for each in found if each.code == "page-count"]
    assert (count.where.file, "台割は2ページ" in count.message) == ("layouts/monthly/layout.html", True)


def test_words_too_deep_for_their_page_are_told_as_off_the_page(home: Path, tmp_path: Path) -> None:
    found = furnished(tmp_path, '<p style="margin: 20mm">' + "流れる言葉。" * 600, edition="screen")
    assert ("text-off-page", TYPE) in {(each.code, each.where.file) for each in found}

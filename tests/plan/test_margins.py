"""のど and 小口: the margins of one page type swap on left and right pages by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plan.paper import make, notice
from tests.plan.test_pages import lines_on

from koho_pdf.errors import LayoutError
from koho_pdf.layout.contract import read_layout
from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import open_workspace

GUTTER, FORE_EDGE = 24.0, 13.0
PAGE = """\
<p class="at-fore-edge" style="bottom: 8mm">号{{ page.number }}</p><p class="at-gutter" style="top: 10mm">柱</p>
{% for name in ("main", "side") %}{{ region(name) }}{% endfor %}
"""
REGIONS = """\
    margins: {gutter: 24, fore_edge: 13MIRRORED}
    regions:
      main: {at: 0 30 120 240, line_feed: 28}
      side: {at: 133 30 40 240, line_feed: 28}
"""


def bound(root: Path, binding: str, mirrored: str = "") -> Path:
    """Four pages of one type, the last three with a wide and a narrow region."""
    articles = {f"{name}{number}": notice(number, 100) for number in (2, 3, 4) for name in ("main", "side")}
    pages = ["cover", *(f"notices: {{main: [main{number}], side: [side{number}]}}" for number in (2, 3, 4))]
    folder = make(root, articles, pages)
    layout = root / "layouts" / "monthly"
    contract = (layout / "layout.yaml").read_text(encoding="utf-8").replace("bleed: 3", f"bleed: 3\nbinding: {binding}")
    before, _, rest = contract.partition("    regions:\n")
    after = rest[rest.index("  feature:") :]
    contract = before + REGIONS.replace("MIRRORED", mirrored) + after
    (layout / "layout.yaml").write_text(contract, encoding="utf-8")
    (layout / "pages" / "notices.html").write_text(PAGE, encoding="utf-8")
    return folder


def edges(pdf: bytes, page: int) -> tuple[float, float, float, float]:
    """How far from the left of a page its text begins and ends (mm), and where 号 and 柱 stand."""
    shown = lines_on(pdf, page)
    body = [x for _, x, y in shown if 30 < y < 270]
    at = {said: x for said, x, _ in shown if said in "号柱"}
    return min(body), max(body), at["号"], at["柱"]


@pytest.mark.parametrize(("binding", "left"), [("left", (2, 4)), ("right", (3,))])
def test_the_margins_swap_with_the_side(home: Path, tmp_path: Path, binding: str, left: tuple[int, ...]) -> None:
    made = build(bound(tmp_path, binding), open_workspace(tmp_path), ("screen",))
    assert {each.code for each in made.findings} <= {"page-multiple"}
    for page in (2, 3, 4):
        begins, ends, number, head = edges(made.files["screen.pdf"], page)
        before, after = (FORE_EDGE, GUTTER) if page in left else (GUTTER, FORE_EDGE)
        assert begins - before == pytest.approx(2, abs=2)
        assert 210 - after - ends == pytest.approx(2, abs=3)
        # the number stands at the fore-edge, the running head at the gutter
        assert (number < 105, head < 105) == ((True, False) if page in left else (False, True))
        assert min(number, 210 - number) == pytest.approx(FORE_EDGE + 4, abs=3)
        assert min(head, 210 - head) == pytest.approx(GUTTER + 2, abs=2)


@pytest.mark.parametrize(("mirrored", "expected"), [("", [True] * 3), (", mirrored: yes", [False, True, False])])
def test_mirrored_regions_keep_to_their_side_of_the_gutter(
    home: Path, tmp_path: Path, mirrored: str, expected: list[bool]
) -> None:
    """Without it the narrow region is at the right on every page, with it at the fore-edge."""
    made = build(bound(tmp_path, "left", mirrored), open_workspace(tmp_path), ("screen",))
    places = {
        (each.page, each.field.partition(":")[0]): each.box.x
        for each in made.placed["screen"]
        if each.field.endswith(":body.0")
    }
    assert [places[page, f"side{page}"] > places[page, f"main{page}"] for page in (2, 3, 4)] == expected


def test_a_region_wider_than_the_type_area_is_told(home: Path, tmp_path: Path) -> None:
    bound(tmp_path, "left")
    file = tmp_path / "layouts" / "monthly" / "layout.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("133 30 40", "133 30 41"), encoding="utf-8")
    with pytest.raises(LayoutError) as fault:
        read_layout(file.parent, tmp_path)
    (found,) = fault.value.findings
    assert (found.code, "版面" in found.message, "173" in found.message) == ("layout-broken", True, True)
    assert found.where.file == "layouts/monthly/layout.yaml"
    assert found.where.line

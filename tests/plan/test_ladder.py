"""The ladder (``fit``): the first setting that fits, in the order written, the same everywhere; else an error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import inf
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.paper import FITTING, make, notice

from koho_pdf import pipeline
from koho_pdf.cli.fit_table import fit_table
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding, Severity
from koho_pdf.geometry import Rect
from koho_pdf.layout.regions import Region
from koho_pdf.pipeline import Fit, build
from koho_pdf.plan.ladder import climbed
from koho_pdf.plan.placed_articles import RegionUse
from koho_pdf.workspace.workspace import open_workspace

LADDER = "{feed: [27, 28], gap: [0, 7], tracking: 97, condense: 95}"
REGION = Region(
    "main",
    Rect(15, 30, 180, 90),
    line_feed=28,
    gap=7,
    picture=50,
    fit=(
        ("feed", (28.0, 27.5, 27.0)),
        ("picture", (50.0, 35.0)),
        ("gap", (7.0, 0.0)),
        ("tracking", (97.0,)),
        ("condense", (95.0,)),
    ),
)


def climb(saves: Mapping[tuple[str, float], float], over: float) -> tuple[Region, list[tuple[tuple[str, float], ...]]]:
    """The region climbed where each setting saves so many mm, and what was tried in order."""
    tried = []

    def reach(region: Region) -> float:
        tried.append(region.done)
        left = over - sum(saves.get(each, 0) for each in region.done)
        return left if left > 0 else 0.0

    return climbed(REGION, reach), tried


def test_what_fits_is_not_touched() -> None:
    assert climb({}, 0) == (REGION, [()])


def test_steps_add_up_in_the_order_written_and_the_first_that_fits_is_taken() -> None:
    saves = {("feed", 27.5): 3, ("feed", 27.0): 6, ("picture", 35.0): 15, ("gap", 0.0): 14, ("tracking", 97.0): 7}
    assert climb(saves, 2)[0].done == (("feed", 27.5),)
    assert climb(saves, 6)[0].done == (("feed", 27.0),)
    assert climb(saves, 20)[0].done == (("feed", 27.0), ("picture", 35.0))
    region, tried = climb(saves, 35)
    assert region.done == (("feed", 27.0), ("picture", 35.0), ("gap", 0.0))
    assert tried == [(), (("feed", 27.5),), *(region.done[:end] for end in (1, 2, 3))]


@given(st.lists(st.integers(0, 9), min_size=6, max_size=6), st.integers(1, 40))
def test_whatever_gains_it_fits_where_anything_fits_and_not_by_less(gains: list[int], over: int) -> None:
    steps = [(key, value) for key, values in REGION.fit for value in values if value < REGION.own(key)]
    saves = {step: float(gain) for step, gain in zip(steps, gains, strict=True)}
    saves["feed", 27.0] += saves["feed", 27.5]
    region, tried = climb(saves, over)
    left = over - sum(saves[each] for each in region.done)
    everything = {key: values[-1] for key, values in REGION.fit}
    assert (left <= 0) == (over <= sum(saves[each] for each in everything.items()))
    assert left > 0 or left + saves[region.done[-1]] > 0
    assert len(tried) <= len(steps) + 2


def test_a_step_that_gains_nothing_is_left_out_and_tried_with_all_others_at_last() -> None:
    region, _ = climb({("feed", 27.0): 6, ("gap", 0.0): 14}, 20)
    assert region.done == (("feed", 27.0), ("gap", 0.0))  # without a picture that is lower for nothing
    region, tried = climb({("feed", 27.0): 6, ("gap", 0.0): 14}, 90)
    assert tried[-1] == region.done
    assert [key for key, _ in region.done] == ["feed", "picture", "gap", "tracking", "condense"]


def test_a_setting_that_must_not_be_is_never_taken() -> None:
    def reach(region: Region) -> float:
        return inf if region.picture < 50 else 30.0 - 10 * len(region.done)

    assert climbed(REGION, reach).done == (("feed", 27.5), ("gap", 0.0), ("tracking", 97.0))


def test_a_gap_of_whole_lines_stays_as_many_lines_of_another_feed() -> None:
    wide = replace(REGION, gap=14)
    assert wide.tightened((("feed", 27.0),)).gap == pytest.approx(13.5)
    assert wide.tightened((("gap", 7.0), ("feed", 27.0))).gap == pytest.approx(6.75)
    assert replace(REGION, gap=5).tightened((("feed", 27.0),)).gap == 5


def paper(root: Path, letters: int, *, fit: str = LADDER, style: str = FITTING, **more: str) -> Path:
    """An issue with six notices of so many characters in two columns of 13 lines."""
    root.mkdir(exist_ok=True)
    articles = {f"n{number}": notice(number, letters + number) for number in range(6)}
    plan = ("cover", f"notices: {{main: [{', '.join(articles)}]}}")
    folder = make(root, articles, plan, columns=2, depth=91, fit=fit, **more)
    css = root / "layouts" / "monthly" / "layout.css"
    css.write_text(css.read_text(encoding="utf-8") + style, encoding="utf-8")
    return folder


def placed(folder: Path) -> tuple[RegionUse, tuple[Finding, ...]]:
    """Its region as it is filled, and the findings about that."""
    workspace = open_workspace(folder.parents[1])
    with ThreadPoolExecutor(1) as beside:
        of, _ = pipeline._read(folder, workspace, workspace.city.press, beside, False, "", lambda stage: None)
        found = of.placed(of.whole)
    return found.uses[0], found.findings


@pytest.mark.usefixtures("home")
def test_tried_in_order_on_pages_and_told_everywhere(tmp_path: Path) -> None:
    folder = paper(tmp_path / "a", 60)
    fits: list[Fit] = []
    done = build(folder, open_workspace(tmp_path / "a"), ("print", "screen"), fit=fits.append)
    found, (use,) = done.findings, fits[0].regions
    assert use.fitted == (("feed", 27.0), ("gap", 0.0), ("tracking", 97.0), ("condense", 95.0))
    (told,) = [each for each in found if each.code == "region-fitted"]
    assert told.severity is Severity.NOTE
    assert (told.where.file, told.where.field) == ("content/r09-03/issue.yaml", "pages.1.notices.main")
    assert "行送りを27Hに、記事の間を0mmに、字間を97％に、文字を95％の長体に" in told.message
    assert json.loads(done.files["map.json"])["regions"][0]["fit"] == dict(use.fitted)
    head = next(fit_table([use], ()))
    assert head.endswith("（行送り27H、記事の間0mm、字間97％、長体95％）")
    assert all(each.characters is not None for each in use.articles)
    pictures, seen = pipeline.look(folder, open_workspace(tmp_path / "a"))
    assert told in seen
    assert len(pictures) == 2
    for name in ("print.pdf", "screen.pdf"):
        assert feet(done.files[name]) <= 30 + 91
        assert columns_clear(done.files[name])


def feet(pdf: bytes) -> float:
    """How far down the lowest ink of the notices reaches, in mm from the trim's top."""
    return max(foot for _, _, _, foot in inks(pdf))


def columns_clear(pdf: bytes) -> bool:
    """Whether no ink of a character lies on that of another."""
    boxes = inks(pdf)
    return not any(
        one[0] < two[2] - 0.05 and two[0] < one[2] - 0.05 and one[1] < two[3] - 0.05 and two[1] < one[3] - 0.05
        for number, one in enumerate(boxes)
        for two in boxes[:number]
    )


def inks(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """The ink of each character of the notices: left, top, right, bottom in mm from the trim's top left."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[1]
    left, _, _, top = page.get_trimbox()
    text, found = page.get_textpage(), []
    for number in range(text.count_chars()):
        if "\u3040" <= text.get_text_range(number, 1) <= "\u9fff":
            x, y, right, head = text.get_charbox(number)
            found.append(tuple(each / 72 * 25.4 for each in (x - left, top - head, right - left, top - y)))
    assert len(found) > 300
    return found


@pytest.mark.usefixtures("home")
def test_none_that_fits_is_an_error_and_as_many_characters_less_do_fit(tmp_path: Path) -> None:
    use, found = placed(paper(tmp_path / "a", 64))
    (told,) = [each for each in found if each.code == "region-overset"]
    assert "詰められるだけ詰めても" in told.message
    assert [key for key, _ in use.fitted] == ["feed", "gap", "tracking", "condense"]
    last = use.articles[-1]
    assert last.characters is not None
    assert last.characters < 0
    for more, fits in ((0, True), (1, False)):
        folder = tmp_path / f"b{more}"
        shorter = paper(folder, 64)
        (shorter / "articles" / "n5.yaml").write_text(notice(5, 64 + 5 + last.characters + more), encoding="utf-8")
        assert (placed(shorter)[0].over == 0) is fits


@pytest.mark.usefixtures("home")
def test_so_many_characters_fit_in_the_setting_that_was_chosen(tmp_path: Path) -> None:
    folder = paper(tmp_path, 60)
    (use, _), text = placed(folder), notice(2, 62).rstrip()
    for more, fits in ((0, True), (1, False)):
        longer = f"{text}{'永' * (use.articles[2].characters + more)}\n"  # type: ignore[operator]
        (folder / "articles" / "n2.yaml").write_text(longer, encoding="utf-8")
        now, _ = placed(folder)
        assert (now.fitted, now.over == 0) == (use.fitted, fits)


@pytest.mark.usefixtures("home")
def test_flattened_lines_stay_in_their_region_and_clear_of_each_other(tmp_path: Path) -> None:
    fits: list[Fit] = []
    folder = paper(tmp_path, 61, fit="{tracking: 95, condense: 90}", direction="vertical")
    done = build(folder, open_workspace(tmp_path), ("screen",), fit=fits.append)
    assert [key for key, _ in fits[0].regions[0].fitted] == ["condense"]
    boxes = inks(done.files["screen.pdf"])
    assert min(box[0] for box in boxes) >= 15
    assert max(box[3] for box in boxes) <= 30 + 91
    assert columns_clear(done.files["screen.pdf"])


@pytest.mark.usefixtures("home")
def test_what_a_layout_does_not_allow_is_not_done(tmp_path: Path) -> None:
    assert placed(paper(tmp_path / "a", 60, fit=""))[0].fitted == ()
    assert placed(paper(tmp_path / "b", 60, fit="{tracking: 97}"))[0].over > 0
    use, found = placed(paper(tmp_path / "c", 60, fit="{condense: 90, feed: 27}", direction="vertical"))
    assert use.fitted == (("condense", 90.0),)
    assert "90％の平体" in found[0].message


PICTURED = (
    FITTING + ".region figure img { display: block; width: 100%; height: var(--picture-height); object-fit: cover }\n"
)

WRONG: list[tuple[str, str, str]] = [
    ("{feed: [28, 29]}", FITTING, "fit-wider"),
    ("{gap: 8}", FITTING, "fit-wider"),
    ("{feed: 27}", "", "fit-unheard"),
    ("{picture: [35, 50]}", FITTING, "fit-unheard"),
    ("{picture: 35}", PICTURED, "fit-one-height"),
    ("{condense: 89}", FITTING, "value-not-understood"),
    ("{tracking: 94}", FITTING, "value-not-understood"),
    ("{picture: 9}", FITTING, "value-not-understood"),
    ("{squeeze: 9}", FITTING, "unknown-field"),
]


@pytest.mark.parametrize(("fit", "style", "code"), WRONG)
def test_a_ladder_that_cannot_work_is_told_to_the_designer(tmp_path: Path, fit: str, style: str, code: str) -> None:
    folder = paper(tmp_path, 10, fit=fit, style=style)
    with pytest.raises(KohoError) as failure:
        build(folder, open_workspace(tmp_path), ("screen",))
    (told,) = failure.value.findings
    assert (told.code, told.where.file) == (code, "layouts/monthly/layout.yaml")
    assert told.where.line


@pytest.mark.usefixtures("home")
def test_lines_never_stand_nearer_than_one_and_a_half_em(tmp_path: Path) -> None:
    use, found = placed(paper(tmp_path, 60, fit="{feed: [24, 25.5, 27]}"))
    assert dict(use.fitted)["feed"] == 25.5  # 17 Q
    assert [each.where.field for each in found if each.code == "fit-below-floor"]


REGION_FIT = "page_types.notices.regions.main.fit."


def pictured(root: Path, keep: str = "") -> Path:
    """The same issue with a picture in its first and its last article."""
    folder = paper(root, 12, fit="{picture: [35, 42, 49], gap: 0}", style=PICTURED)
    kind = root / "layouts" / "_kinds" / "notice" / "kind.yaml"
    kind.write_text(
        kind.read_text(encoding="utf-8") + "  photo: {type: picture, title: 写真, optional: true}\n", encoding="utf-8"
    )
    for number in (0, 5):
        photo = f"photo: {{file: photos/umi.png, alt: 海{keep}}}\n"
        (folder / "articles" / f"n{number}.yaml").write_text(notice(number, 60) + photo, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("home")
def test_pictures_are_made_lower_and_never_cut_where_they_must_not_be(tmp_path: Path) -> None:
    use, found = placed(pictured(tmp_path / "a"))
    assert use.fitted == (("picture", 35.0), ("gap", 0.0))
    assert "写真の高さを35mmに、記事の間を0mmに" in found[0].message
    use, found = placed(pictured(tmp_path / "b", ", keep: 0 10 100 75"))  # 38 mm of a picture 58 mm high
    assert dict(use.fitted)["picture"] == 42.0
    (told,) = [each for each in found if each.code == "fit-cuts-picture"]
    assert (told.where.file, told.where.field) == ("layouts/monthly/layout.yaml", REGION_FIT + "picture")


@pytest.mark.usefixtures("home")
def test_the_public_pages_are_set_like_those_for_print(tmp_path: Path) -> None:
    folder = paper(tmp_path, 52)
    body = "紙面だけのお知らせです。" * 6
    alone = f"kind: notice\nheading: お知らせ\nbody: {{text: {body}, media: [print]}}\n"
    (folder / "articles" / "n5.yaml").write_text(alone, encoding="utf-8")
    with ThreadPoolExecutor(1) as beside:
        workspace = open_workspace(tmp_path)
        of, _ = pipeline._read(folder, workspace, workspace.city.press, beside, False, "", lambda stage: None)
        assert of.whole != of.public
        (shown,), (printed,) = of.placed(of.public).uses, of.placed(of.whole).uses
    assert shown.fitted == printed.fitted != ()
    assert shown.used < printed.used  # it would have fitted as it is


@pytest.mark.usefixtures("home")
def test_text_that_runs_over_columns_is_set_tighter_too(tmp_path: Path) -> None:
    words = "".join(f"  - heading: その{number}\n    body: {'海が白くなりました。' * 12}\n" for number in range(1, 6))
    feature = f"kind: feature\nheading: 鰊がきた町\nlead: 百年前の春の話です。\nparts:\n{words}"
    folder = make(tmp_path, {"nishin": feature}, ("cover", "feature: {main: [nishin]}"))
    contract = tmp_path / "layouts" / "monthly" / "layout.yaml"
    text = contract.read_text(encoding="utf-8").replace("15 30 180 240", "15 30 180 120")
    allowed = "flow: columns, line_feed: 28, fit: {feed: 27, tracking: 97, condense: 90}}"
    contract.write_text(text.replace("flow: columns, line_feed: 28}", allowed), encoding="utf-8")
    css = contract.with_name("layout.css")
    css.write_text(css.read_text(encoding="utf-8") + FITTING, encoding="utf-8")
    use, found = placed(folder)
    assert [key for key, _ in use.fitted] == ["feed", "tracking", "condense"]
    assert [each.code for each in found] == ["region-fitted"]
    assert use.over == 0

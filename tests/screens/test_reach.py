"""Everything can be reached: by keyboard alone, by those who listen, at 200 % and on a low screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.screens.conftest import Served, until
from tests.web.axe import AXE_TAGS, axe

Table = Callable[..., Page]
ARTICLE = "rounds.0.questions.0"


def violations(page: Page) -> list[tuple[str, list[str]]]:
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in axe(page, AXE_TAGS)["violations"]]


def test_axe_finds_nothing_on_the_shelf(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.goto(f"http://{served.place}/")
    assert violations(page) == []
    page.get_by_role("button", name="使い方").click()
    assert violations(page) == []


def test_axe_finds_nothing_on_the_table(table: Table, served: Served) -> None:
    page = table("rounds.0.questions.1", composed=True)
    page.locator("details.other summary").first.click()
    assert violations(page) == []
    page.locator("#pieces").click()
    page.locator("#f-open").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+v")
    for name in ("仕上り（断つ線）", "塗り足し", "文字の安全な内側"):
        page.get_by_label(name).check()
    page.get_by_label("灰色（コピー）").check()
    assert violations(page) == []
    inside = """(each) => { const [own, page] = [document.querySelector(each), document.querySelector('.pg')]
        .map((one) => one.getBoundingClientRect()); return (own.left - page.left) / page.width * 148 }"""
    assert abs(page.evaluate(inside, ".ov.bleed") + 3) < 0.1  # mm, of a page of 148
    assert page.evaluate(inside, ".ov.safe") > 2
    assert page.locator(".pg img").first.evaluate("each => getComputedStyle(each).filter") == "grayscale(1)"


def test_from_the_shelf_to_a_saved_word_by_keyboard_alone(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.goto(f"http://{served.place}/")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/issues/**")
    page.locator("#here").get_by_text("表紙など").wait_for()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#here")).to_contain_text("出題の回1")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#here")).to_contain_text("黄金岬")
    expect(page.locator('[data-path="rounds.0.questions.0.question"]')).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("か")
    until(lambda: "何ですかか" in served.written)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('button, textarea')")


def test_lists_are_changed_by_keyboard(table: Table, served: Served) -> None:
    page = table(ARTICLE)
    first = page.locator('[data-path="rounds.0.questions.0.choices.0"]')
    first.focus()
    page.get_by_role("button", name="「選択肢」の1つ目を後ろへ動かす").press("Enter")
    until(lambda: "[オーロラ, 夕日, 樹氷]" in served.written)
    expect(first).to_have_value("オーロラ")
    expect(page.get_by_role("button", name="「選択肢」の2つ目を後ろへ動かす")).to_be_focused()
    first.focus()
    page.keyboard.press("Control+Enter")
    added = page.locator('[data-path="rounds.0.questions.0.choices.3"]')
    expect(added).to_be_focused()
    page.keyboard.insert_text("流氷")
    until(lambda: "樹氷, '流氷']" in served.written)
    expect(page.locator(".more button")).to_have_attribute("aria-disabled", "true")  # four is the most
    page.get_by_role("button", name="「選択肢」の1つ目を消す").press("Enter")
    until(lambda: "[夕日, 樹氷, '流氷']" in served.written)
    page.keyboard.press("Control+z")
    until(lambda: "[オーロラ, 夕日, 樹氷, '流氷']" in served.written)


def test_nothing_moves_away_under_the_mouse(table: Table, served: Served) -> None:
    page = table(ARTICLE, composed=True)
    page.locator('[data-path="rounds.0.questions.0.choices.0"]').click()
    top = "document.querySelector('.more button').getBoundingClientRect().top"
    before = page.evaluate(top)
    page.locator('[data-path="rounds.0.questions.0.hint"]').click()
    page.locator("#larger").focus()
    assert page.evaluate(top) == before
    page.locator('[data-path="rounds.0.questions.0.choices.0"]').click()
    page.locator(".more button").click()
    until(lambda: "樹氷, '']" in served.written)


def test_a_field_that_may_be_left_out_is_put_in_and_taken_away(table: Table, served: Served) -> None:
    page = table("rounds.0.questions.1")
    page.locator("details.other summary").first.click()
    hint = page.locator('[data-path="rounds.0.questions.1.hint"]')
    hint.fill("海の魚です。")
    until(lambda: "hint: 海の魚です。" in served.written)
    hint.fill("")
    until(lambda: "海の魚" not in served.written)


def test_page_and_field_lead_to_each_other(table: Table, served: Served) -> None:
    page = table(composed=True)
    page.locator("#strip button").nth(1).click()
    place = """async (path) => (await (await fetch(location.pathname + '/state')).json())
        .fields.find((each) => each.field === path).box"""
    left, top, _, height = page.evaluate(place, "rounds.0.questions.0.question")
    box = page.locator('.pg[data-page="2"]').bounding_box()
    assert box
    millimetre = box["width"] / 148
    page.mouse.click(box["x"] + (left + 5) * millimetre, box["y"] + (top + height / 2) * millimetre)
    focused = page.locator("textarea:focus")
    expect(focused).to_have_attribute("data-path", "rounds.0.questions.0.question")
    assert page.locator(".mk.here").count() == 1
    page.keyboard.press("Alt+p")
    expect(page.locator("#stage")).to_be_focused()
    page.keyboard.press("PageUp")
    expect(page.locator('.pg[data-page="1"]')).to_be_visible()
    page.keyboard.press("Alt+p")
    expect(focused).to_have_attribute("data-path", "rounds.0.questions.0.question")


@pytest.mark.parametrize(("width", "height"), [(1366, 641), (1366, 768), (1920, 1080)])
def test_the_table_fits_the_screen(table: Table, width: int, height: int) -> None:
    page = table(ARTICLE)
    page.set_viewport_size({"width": width, "height": height})
    inside = "([each, side]) => document.querySelector(each).getBoundingClientRect()[side]"
    assert page.evaluate("document.documentElement.scrollHeight") <= height
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(inside, ["#find", "bottom"]) <= height
    assert page.evaluate(inside, ["#fields", "bottom"]) - page.evaluate(inside, ["#fields", "top"]) > 250
    assert page.evaluate(inside, ["#stage", "bottom"]) - page.evaluate(inside, ["#stage", "top"]) > 300


def test_at_200_percent_nothing_is_cut_off_sideways(table: Table) -> None:
    page = table(ARTICLE)
    page.set_viewport_size({"width": 683, "height": 384})  # 1366 x 768 at 200 %
    assert page.evaluate("document.documentElement.scrollWidth") <= 683
    cut = """() => [...document.querySelectorAll('button, textarea, .top *, .nav *')].filter((each) => {
        const box = each.getBoundingClientRect(); return box.width && (box.right > 684 || box.left < -1); }).length"""
    assert page.evaluate(cut) == 0

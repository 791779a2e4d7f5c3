"""What is typed is on the disk, and the page's picture follows; input methods are never disturbed; windows never
overwrite each other."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.kinds import quiz
from tests.screens.conftest import Served, until

NEWS = """new BroadcastChannel(`koho-desk ${location.host} ${document.body.dataset.issue}`)
    .postMessage({what: 'pages'})"""
"""What the server tells when a page was composed, here by another window."""
Table = Callable[..., Page]
TITLE, LEAD = '[data-path="title"]', '[data-path="lead"]'


def typed(page: Page, selector: str, words: str) -> None:
    """Put the caret at the end of a field and type."""
    page.locator(selector).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def test_what_is_typed_is_saved_and_its_picture_follows(table: Table, served: Served) -> None:
    page = table(composed=True)
    picture = page.locator('.pg[data-page="1"] img')
    before = picture.get_attribute("src")
    typed(page, TITLE, "大会")
    until(lambda: "title: るもいクイズ大会\n" in served.written)
    expect(page.locator("#saved")).to_contain_text("保存しました")
    until(lambda: picture.get_attribute("src") != before, 120)
    assert picture.evaluate("each => each.complete && each.naturalWidth > 0")
    assert page.locator(TITLE).evaluate("each => document.activeElement === each")
    assert page.locator(".mk.here").count() == 1
    assert served.written == quiz.MANUSCRIPT.replace("るもいクイズ", "るもいクイズ大会")  # nothing else has changed


def test_composition_by_an_input_method_is_never_disturbed(table: Table, served: Served) -> None:
    page = table()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.locator(LEAD).click()
    page.keyboard.press("Control+Home")
    talk = page.context.new_cdp_session(page)
    for text in ("ｋ", "こ", "こう", "こうほ", "広報"):
        talk.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        page.wait_for_timeout(180)  # longer than the pause after which words are saved
        page.evaluate("dispatchEvent(new Event('resize'))")
        # what is told of the pages meanwhile redraws everything but the field
        page.evaluate(NEWS)
        assert page.locator(LEAD).input_value().startswith(text)
    assert sent == []
    assert served.written == quiz.MANUSCRIPT
    talk.send("Input.insertText", {"text": "広報"})
    until(lambda: "lead: 広報港町{留萌|るもい}" in served.written)
    assert page.locator(LEAD).input_value().startswith("広報港町")
    assert page.locator(LEAD).evaluate("each => each.selectionStart") == 2


def test_the_second_of_two_windows_is_told_and_shown_both(table: Table, served: Served) -> None:
    one, two = table(), table()
    two.route("**/events", lambda route: route.abort())  # it hears nothing, as if it had slept
    for page in (one, two):
        page.locator(LEAD).click()
    typed(one, LEAD, "一")
    until(lambda: "知っていますか。一" in served.written)
    two.evaluate(
        """() => { const each = document.querySelector('[data-path="lead"]');
        each.value += '二'; each.dispatchEvent(new InputEvent('input', {bubbles: true})); }"""
    )
    clash = two.locator(".clash")
    expect(clash).to_be_visible()
    expect(clash).to_contain_text("知っていますか。一")
    expect(clash).to_contain_text("知っていますか。二")
    assert "知っていますか。一" in served.written
    assert two.locator(LEAD).input_value().endswith("二")
    clash.get_by_role("button", name="あなたの文章にする").click()
    until(lambda: "知っていますか。二" in served.written)
    expect(clash).to_have_count(0)


def test_a_window_in_which_nobody_types_follows_the_other(table: Table, served: Served) -> None:
    one, two = table(), table()
    two.locator(TITLE).click()
    two.evaluate("window.kept = document.activeElement")
    typed(one, LEAD, "続き")
    expect(two.locator(LEAD)).to_have_value("港町{留萌|るもい}のことを、どれだけ知っていますか。続き")
    assert two.evaluate("window.kept === document.activeElement")  # the field itself, not another in its place


def test_undo_goes_on_after_the_window_was_closed(table: Table, served: Served) -> None:
    first = served.written
    page = table()
    typed(page, TITLE, "の夏")
    until(lambda: "title: るもいクイズの夏\n" in served.written)
    page.close()
    page = table()
    expect(page.locator(TITLE)).to_have_value("るもいクイズの夏")
    page.locator(TITLE).click()
    page.keyboard.press("Control+z")
    until(lambda: served.written == first)
    expect(page.locator(TITLE)).to_have_value("るもいクイズ")
    page.keyboard.press("Control+y")
    until(lambda: "るもいクイズの夏" in served.written)
    expect(page.locator(TITLE)).to_have_value("るもいクイズの夏")


def test_what_was_not_saved_comes_back_with_the_next_window(table: Table, served: Served) -> None:
    page = table()
    page.route("**/change", lambda route: route.abort())
    typed(page, TITLE, "の冬")
    expect(page.locator("#saved")).to_have_attribute("data-state", "failed")
    assert "の冬" not in served.written
    page.evaluate("window.onbeforeunload = null")
    page.close()
    page = table()
    until(lambda: "title: るもいクイズの冬\n" in served.written)
    expect(page.locator(TITLE)).to_have_value("るもいクイズの冬")


def test_a_file_changed_by_another_program_is_seen(table: Table, served: Served) -> None:
    page = table()
    page.wait_for_timeout(500)
    (served.issue / "issue.yaml").write_text(served.written.replace("るもいクイズ", "別のクイズ"), encoding="utf-8")
    expect(page.locator(TITLE)).to_have_value("別のクイズ", timeout=20_000)


def test_ruby_bold_and_dots_are_set_by_selecting(table: Table, served: Served) -> None:
    page = table()
    prize = page.locator('[data-path="prize"]')
    prize.click()
    prize.evaluate("each => each.setSelectionRange(0, 2)")  # 正解
    page.keyboard.press("Alt+r")
    page.get_by_label("「正解」の読み").fill("せいかい")
    page.keyboard.press("Enter")
    until(lambda: "prize: '{正解|せいかい}した方" in served.written or 'prize: "{正解' in served.written)
    expect(prize).to_be_focused()
    prize.evaluate("each => each.setSelectionRange(3, 3)")
    page.get_by_role("button", name="ルビ").click()
    page.get_by_role("button", name="外す").click()
    until(lambda: "{正解" not in served.written)
    title = page.locator(TITLE)
    title.click()
    title.evaluate("each => each.setSelectionRange(0, 3)")
    page.keyboard.press("Control+b")
    until(lambda: "**るもい**クイズ" in served.written)
    page.keyboard.press("Control+b")
    until(lambda: "**" not in served.written)
    page.keyboard.press("Alt+t")
    until(lambda: "《《るもい》》クイズ" in served.written)

"""The page that a department gets, in a browser: on a telephone and at a desk, with scripts and without."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.conftest import Once
from tests.rounds.newsletter import NAME, make, put_out
from tests.web.axe import AXE_TAGS, axe

from koho_pdf.rounds.answers import answer_in, taken_in

SELECT = """([nth, begin, end]) => {
  const text = document.querySelectorAll(".words")[nth].firstChild;
  const range = document.createRange();
  range.setStart(text, begin); range.setEnd(text, end);
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


@pytest.fixture(scope="module")
def city(home: Path, once: Once) -> Path:
    def begun(folder: Path) -> None:
        make(folder)
        put_out(folder, until="2月15日（月）")

    return once("proof-page", begun)


def address(city: Path) -> str:
    return (city / f"out/proofs/{NAME}/1-初校/departments/02-市民課.html").as_uri()


@pytest.fixture
def page(browser: Browser, city: Path) -> Page:
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    opened.goto(address(city))
    return opened


def test_a_comment_on_chosen_words_comes_back_as_an_answer(page: Page, city: Path, tmp_path: Path) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    texts = page.locator(".words").all_inner_texts()
    nth = next(at for at, words in enumerate(texts) if "髙橋𠮷子" in words)
    begin = texts[nth].index("𠮷子")  # two units of UTF-16, one character
    page.evaluate(SELECT, [nth, begin, begin + 3])
    page.locator(".write").nth(nth).click()
    area = page.locator(".comments textarea")
    area.fill("吉子です。\n<b>普通の「吉」</b>")
    page.get_by_role("button", name="決める").click()
    assert page.locator("mark").inner_text() == "𠮷子"
    assert page.locator(".comments .said").inner_text() == "吉子です。\n<b>普通の「吉」</b>"
    page.locator("#mend").click()
    assert page.locator("#said").inner_text() == "あなたの名前を書いてください。"
    page.fill("#name", "三上")
    with page.expect_download() as given:
        page.locator("#mend").click()
    given.value.save_as(tmp_path / "answer.json")
    content = (tmp_path / "answer.json").read_bytes()
    assert page.locator("#text").input_value().encode() == content, "for those who cannot hand over a file"
    answer = taken_in(content, city / "content" / NAME, city)
    (comment,) = answer.comments
    assert (comment.anchor.quote, comment.anchor.end - comment.anchor.begin) == ("𠮷子", 2)
    assert comment.words == "吉子です。\n<b>普通の「吉」</b>"
    assert (said, requested) == ([], [])


def test_as_it_is_needs_a_name_and_drops_comments_only_when_agreed(page: Page, tmp_path: Path) -> None:
    page.fill("#name", "三上")
    page.locator("#mend").click(force=True)  # it says that it is not ready, and why
    assert "書き込む" in page.locator("#said").inner_text(), "nothing to mend was said"
    page.locator(".write").first.click()
    page.locator(".comments textarea").fill("題を変えてください")
    page.get_by_role("button", name="決める").click()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.locator("#keep").click()
    assert page.locator(".comments li").count() == 1
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_download() as given:
        page.locator("#keep").click()
    given.value.save_as(tmp_path / "answer.json")
    answer = answer_in((tmp_path / "answer.json").read_bytes())
    assert answer and (answer.answer, answer.comments) == ("as-it-is", ())
    assert json.loads((tmp_path / "answer.json").read_bytes())["name"] == "三上"


def test_it_fits_a_telephone_and_a_desk_and_everyone_can_use_it(page: Page) -> None:
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [each["id"] for each in axe(page, AXE_TAGS)["violations"]] == []
    low = page.locator("button:visible").evaluate_all("all => all.filter(each => each.offsetHeight < 44).length")
    assert low == 0, "too small for a finger"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")


def test_without_scripts_it_is_a_paper(browser: Browser, city: Path) -> None:
    opened = browser.new_context(java_script_enabled=False).new_page()
    opened.goto(address(city))
    assert opened.locator(".write:visible").count() == 0
    words = opened.locator("body").inner_text()
    assert "このままでよい" in words and "直すところがあります" in words and "国民年金" in words

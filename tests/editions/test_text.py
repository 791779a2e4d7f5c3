"""The text edition: one file a voice reads from top to bottom, with contents, pages, pictures and readings."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.collation.flyer import make
from tests.kinds import brochure

from koho_pdf.content.spoken import readable
from koho_pdf.pipeline import Build


@pytest.fixture
def text(brochure_made: Path) -> str:
    return (brochure_made / "text" / f"{brochure.NAME}.txt").read_text(encoding="utf-8")


def test_it_begins_with_what_it_is_and_ends_with_an_end(text: str) -> None:
    lines = text.splitlines()
    assert lines[:3] == [brochure.TITLE, "留萌（るもい）市", "〔令和9年4月1日発行〕"]
    assert lines[-1] == "〔終わり〕"
    assert "\r" not in text
    assert "\t" not in text


def test_every_character_can_be_heard(text: str) -> None:
    assert [sign for sign in set(text) - {"\n"} if not readable(sign)] == []


def test_the_contents_count_and_tell_the_pages(text: str) -> None:
    contents = text[text.index("〔目次") : text.index("〔目次終わり〕")]
    assert contents.startswith("〔目次　記事10件〕")
    assert "〔4　魚を届ける　2ページ〕" in contents
    assert "〔10　問い合わせ　4ページ〕" in contents
    assert len(re.findall(r"〔\d+　.*　[1-4]ページ〕", contents)) == 10
    assert len(re.findall(r"〔.*　記事2件〕", contents)) == 3


def test_pages_are_marked_where_they_begin(text: str) -> None:
    assert re.findall("［([0-9])ページ］", text) == ["1", "2", "3", "4"]
    assert text.index("［2ページ］") < text.rindex("にぎわう港", 0, text.index("港の広場")) < text.index("［3ページ］")


def test_headings_say_their_level_and_lists_their_count(text: str) -> None:
    assert "\n〔大見出し〕2　安心な道\n〔中見出し〕1　道を直す\n〔2つあります〕\n〔1つ目〕冬に傷んだ" in text
    assert "\n〔3つあります〕\n〔1つ目〕よく聞くこと\n〔2つ目〕" in text
    assert "\n〔大見出し〕〔問い合わせ〕\n広報担当\n電話番号　42-1809\n本庁舎 2階\n" in text


def test_a_name_is_read_once(text: str) -> None:
    assert text.count("るもい）") == 1


def test_pictures_and_ruby_are_in_words(proved: Callable[..., Build], home: Path, tmp_path: Path) -> None:
    issue = brochure.make(tmp_path)
    for chapter, file in enumerate(("photos/a.jpg", "photos/b.jpg")):
        brochure.with_photo(issue, chapter=chapter, file=file)
    files = proved(tmp_path, brochure.NAME, ("text",)).files
    assert list(files) == [f"text/{brochure.NAME}.txt"]
    text = files[f"text/{brochure.NAME}.txt"].decode()
    assert "\n〔写真の説明　港に並ぶ漁船と灯台〕\n〔写真に添えた文〕朝の港\n" in text
    assert text.count("〔写真の説明") == 2


def test_ruby_notes_and_marks_of_the_specimen(proved: Callable[..., Build], workspace: Path) -> None:
    text = proved(workspace, "specimen", ("text",)).files["text/specimen.txt"].decode()
    assert "政策（せいさく）と暑寒別岳（しょかんべつだけ）、東海林（しょうじ）さん" in text
    assert "海へ（日本海に面した港町）出かけました" in text
    assert "まる1番の株式会社と有限会社、ナンバー5、ハンカクカナも、4章も、平方メートルと" in text
    assert "https://www.e-rumoi.jp/koho/?page=12&lang=ja#topか" in text
    assert "〔11個あります〕" in text or "〔12個あります〕" in text


def test_a_link_says_where_it_leads_unless_its_words_do(
    proved: Callable[..., Build], home: Path, tmp_path: Path, edit: Callable[[Path, str, str], None]
) -> None:
    links = (
        "ご覧ください、**[市の案内](https://www.example.jp/annai?a=1&b=2)**と[www.example.jp](https://www.example.jp)、"
        "[お便り](mailto:koho@example.jp)、[42-1801](tel:0164-42-1801)へ。"
    )
    edit(make(tmp_path) / "content" / "flyer" / "issue.yaml", "[ホタテとウニの", f"['{links}',")
    text = proved(tmp_path, "flyer", ("text",)).files["text/flyer.txt"].decode()
    assert "市の案内〔リンク先　https://www.example.jp/annai?a=1&b=2〕とwww.example.jp〔リンク先" in text
    assert "お便り〔リンク先　koho@example.jp〕" in text

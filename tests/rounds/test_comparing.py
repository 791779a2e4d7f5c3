"""Two rounds compared: words, moves, places, pictures, and whether only what was asked for has changed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from tests.conftest import Edit, Koho, Once
from tests.rounds.newsletter import NAME, put_out
from tests.rounds.test_answers import answer, folder

from koho_pdf.errors import UsageError
from koho_pdf.rounds.answers import taken_in
from koho_pdf.rounds.comparing import NOW, Compared, as_text, compare_rounds, verdict
from koho_pdf.workspace.workspace import open_workspace


def compared(root: Path, old: str, new: str = NOW) -> Compared:
    return compare_rounds(folder(root), open_workspace(root), old, new)


@pytest.fixture(scope="session")
def second_round(first_round: Path, once: Once, edit: Edit) -> Path:
    """What 税務課 asked for is done; something else too, a text was added, and two articles changed places."""

    def mended(root: Path) -> None:
        shutil.copytree(first_round, root, symlinks=True, dirs_exist_ok=True)
        taken_in(answer(root), folder(root), root)
        edit(folder(root) / "articles" / "tax.yaml", "2階", "3階")
        edit(folder(root) / "articles" / "shakai.yaml", "42-1803", "42-1830")
        edit(folder(root) / "articles" / "radio.yaml", "  雨の日も", "  学校でも鳴らします。\n\n  雨の日も")
        edit(folder(root) / "issue.yaml", "[shakai, radio, tax, nishin]", "[radio, shakai, tax, nishin]")
        put_out(root, date="2027-02-17")

    return once("second-round", mended)


def test_words_moves_and_places(second_round: Path) -> None:
    made = compared(second_round, "初校", "再校")
    found = {
        (each.article, each.label, each.kinds): ("".join(p.text for p in each.old), "".join(p.text for p in each.new))
        for each in made.between.changes
    }
    assert found[("市民税の申告", "本文", ("reworded",))] == (
        "市役所の2階で受け付けます。",
        "市役所の3階で受け付けます。",
    )
    assert found[("防災無線の試験", "本文", ("added",))] == ("", "学校でも鳴らします。")
    assert [each for each in made.between.changes if "moved" in each.kinds and "お知らせ" in each.label]
    assert not [each for each in made.between.changes if "dropped" in each.kinds], "a move is no loss"
    (asked,) = (each for each in made.between.changes if each.asked)
    assert asked.asked == ("税務課 高橋",)
    assert "3階" in "".join(piece.text for piece in asked.new if piece.changed)
    assert "市役所" not in "".join(piece.text for piece in asked.new if piece.changed)
    assert [each.page for each in asked.new_places] == [1]
    assert "国民年金の届け出" in {each.article for each in made.between.shifted}
    assert "頼まれていないところが" in verdict(made)
    told = as_text(made)
    assert "42-1830" in told and "[-" in told and "頼んだ人: 税務課 高橋" in told


def test_its_page_marks_both_sides_and_asks_no_other(second_round: Path) -> None:
    page = compared(second_round, "初校", "再校").target.read_text(encoding="utf-8")
    assert len(re.findall(r'class="mark', page)) >= 6
    assert "<del>" in page and "<ins>" in page and "頼まれていません" in page
    assert re.findall(r"(?:src|href)=\"(?!data:|#)[^\"]*", page) == []


def test_only_what_was_asked_for(city: Path, edit: Edit) -> None:
    assert verdict(compared(city, "初校")) == "何も変わっていません。"
    taken_in(answer(city), folder(city), city)
    assert verdict(compared(city, "初校")) == "何も変わっていません。まだ変わっていない頼みが1つあります。"
    edit(folder(city) / "articles" / "tax.yaml", "2階", "3階")
    assert verdict(compared(city, "1")) == "頼まれたところだけが変わりました。"


def test_a_picture_that_changed_is_told_though_no_word_did(city: Path) -> None:
    with Image.open(folder(city) / "photos" / "umi.png") as picture:
        changed = picture.convert("RGB")
    ImageDraw.Draw(changed).ellipse((300, 200, 600, 400), fill=(200, 40, 40))
    changed.save(folder(city) / "photos" / "umi.png")
    made = compared(city, "初校")
    assert made.between.changes == ()
    assert "photos/umi.png" in verdict(made)
    (page,) = (each for each in made.pages if each.regions)
    assert page.page == 2
    assert page.regions[0].x < 60 and page.regions[0].y < 50


def test_a_round_that_there_is_not(city: Path, koho: Koho) -> None:
    with pytest.raises(UsageError) as fault:
        compared(city, "三校")
    assert [each.code for each in fault.value.findings] == ["no-round"]
    assert koho("compare", NAME, "初校", "再校", folder=city).returncode == 64
    (folder(city) / "rounds" / "1" / "pages.pdf").write_bytes(b"%PDF-1.7")
    done = koho("compare", NAME, "初校", folder=city)
    assert (done.returncode, "round-broken" in done.stderr) == (2, True)


def test_mistakes_of_the_manuscript_as_it_stands_are_told(city: Path, edit: Edit) -> None:
    """What is wrong is on no page: a telephone number must not look as if it had been taken away."""
    edit(folder(city) / "articles" / "tax.yaml", "heading:", "heading: {")
    made = compared(city, "初校")
    assert made.wrong and verdict(made).startswith(f"いまの原稿に間違いが{made.wrong}つあり")

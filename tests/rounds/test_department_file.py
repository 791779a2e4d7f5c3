"""What a department gets: its own articles, nothing of others', one file that asks no other."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops
from tests.rounds.newsletter import DEPARTMENTS, NAME

from koho_pdf.rounds.belonging import Belonging
from koho_pdf.rounds.masking import drawn, masked, own_parts
from koho_pdf.rounds.round import rounds_of

FOLDER = f"out/proofs/{NAME}/1-初校/departments"
OWN = {
    "市民課": ("国民年金", "髙橋𠮷子", "42-1803"),
    "総務課": ("防災無線", "本物の警報", "42-1801"),
    "税務課": ("市民税の申告", "2階", "42-1805"),
}


def page_of(root: Path, department: str) -> str:
    return next((root / FOLDER).glob(f"*-{department}.html")).read_text(encoding="utf-8")


def words_of(root: Path, department: str) -> str:
    page = re.sub(r"base64,[A-Za-z0-9+/=]+", "", page_of(root, department))
    with pypdfium2.PdfDocument(next((root / FOLDER).glob(f"*-{department}.pdf"))) as document:
        return page + "".join(each.get_textpage().get_text_bounded() for each in document)


def test_it_has_its_own_words_and_none_of_others(first_round: Path) -> None:
    for department, own in OWN.items():
        held = words_of(first_round, department)
        assert all(each in held for each in own)
        others = [each for other, words in OWN.items() if other != department for each in words]
        assert [each for each in others if each in held] == []


def test_its_pages_show_its_own_places_and_cover_all_others(first_round: Path) -> None:
    made = rounds_of(first_round / "content" / NAME, first_round)[0]
    pages = (first_round / "content" / NAME / "rounds" / "1" / "pages.pdf").read_bytes()
    belonging, pictures = Belonging(made), drawn(pages, 72)
    looked_at = 0
    for department in DEPARTMENTS:
        for number, picture in enumerate(pictures, 1):
            parts = own_parts(belonging, department, number)
            shown = masked(picture, parts, made.sizes[number - 1]) if parts else None
            for place in made.places:
                if place.page != number or place.field.endswith(".file"):
                    continue
                own = belonging.department_of(place.field) == department
                assert shown is not None or not own
                for piece in place.pieces if shown else ():
                    less = 2.0 if own else 0.3  # within its line: a neighbour's reading may stand at its edge
                    box = [piece.x, piece.y + less, piece.right, max(piece.y + less + 0.5, piece.bottom - less)]
                    left, top, right, bottom = (round(each * 72 / 25.4) for each in box)
                    assert shown
                    seen, was = shown.crop((left, top, right, bottom)), picture.crop((left, top, right, bottom))
                    differs = ImageChops.difference(seen, was).getbbox() is not None
                    counts = sorted(count for count, _ in seen.getcolors(seen.width * seen.height) or ())
                    flat = sum(counts[:-1]) <= 0.04 * sum(counts)  # one's own reading may reach into it
                    assert (not differs) if own else flat, (department, place.field)
                    looked_at += 1
    assert looked_at > 60


def test_a_page_asks_no_other_and_allows_only_what_it_holds(first_round: Path) -> None:
    page = page_of(first_round, "税務課")
    assert re.findall(r"(?:src|href|action)=\"(?!data:|#)[^\"]*", page) == []
    assert not re.search(r"url\(|@import|<link|<iframe|<form| style=| on[a-z]+=", page)
    policy = re.search('Content-Security-Policy" content="([^"]+)"', page)
    assert policy and policy[1].startswith("default-src 'none'; img-src data:;")
    for tag in ("style", "script"):
        inside = re.search(f"<{tag}>(.*?)</{tag}>", page, re.S)
        assert inside
        total = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{total}'" in policy[1]


def test_words_are_words_whatever_signs_they_have(first_round: Path) -> None:
    page = page_of(first_round, "総務課")
    assert page.count("</script>") == 2 and "<b>」" not in page
    assert "「&lt;/script&gt;&lt;b&gt;」と鳴らします。" in page


def test_its_pictures_are_of_its_article_alone(first_round: Path) -> None:
    data = re.findall(r"base64,([A-Za-z0-9+/=]+)", page_of(first_round, "税務課"))
    (picture,) = (Image.open(io.BytesIO(base64.b64decode(each))) for each in data)
    assert picture.size < (500, 300), "not the whole page, which has 839 x 1190 pixels"


def test_texts_are_pinned_by_their_fields(first_round: Path) -> None:
    page = page_of(first_round, "総務課")
    fields = re.findall(r'data-field="([^"]+)"', page)
    assert fields == [
        "radio:heading",
        "radio:when",
        "radio:body.0",
        "radio:body.1",
        "radio:body.2",
        "radio:ask.department",
    ] or set(fields) >= {"radio:heading", "radio:body.0", "radio:body.2"}
    about = json.loads(re.search('id="about">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    made = rounds_of(first_round / "content" / NAME, first_round)[0]
    assert about["version"] == made.version("総務課")

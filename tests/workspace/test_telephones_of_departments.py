"""The telephones of departments as the text gate knows them."""

from __future__ import annotations

from pathlib import Path

from koho_pdf.content.departments import departments_of
from koho_pdf.gate.proofreading import checked
from koho_pdf.gate.prose import Role
from koho_pdf.gate.text_prose import read_text
from koho_pdf.manuscript.reader import read
from koho_pdf.workspace.style_of_city import StyleFields, style_of


def test_an_extension_is_no_part_of_the_number(tmp_path: Path) -> None:
    """A contact prints 0164-42-0000 内線 123; whoever dials it dials ten digits."""
    file = tmp_path / "koho.yaml"
    numbers = "[0164-42-0000 内線 123, 0164-42-0001（代表）]"
    file.write_text(f"departments:\n  税務課: {{telephone: {numbers}, fax: 0164-43-0000}}\n", encoding="utf-8")
    departments, found = departments_of(read(file, tmp_path))
    assert not found
    style = style_of(StyleFields(), "0164", departments)
    assert style.telephones == {"税務課": {"0164-42-0000", "0164-42-0001"}}
    assert style.faxes == {"税務課": {"0164-43-0000"}}
    text = "問合せは税務課 0164-42-0000 内線 123、42-0001（代表）へ。税務課は 0164-42-0002 ではありません。"
    text += "税務課 ファクス0164-43-0000、税務課 電話0164-43-0000"
    told = checked(read_text(text, "a.txt", Role.BODY), style)
    assert [each.words for each in told if each.code == "l11-telephones"] == ["0164-42-0002", "0164-43-0000"]

"""The specimen takes any text at any measure, and says where each box is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from koho_pdf.errors import KohoError
from koho_pdf.pipeline import Build, build
from koho_pdf.workspace.workspace import open_workspace

ROOT = Path(__file__).parents[2]

HARD = [
    "「『（〔【《〈｛［深い入れ子］｝〉》】〕）』」、「「「「。」」」」・・・、、、。。。",
    "https://www.example.jp/a/very/long/path/without-any-end/index.html?query=string&other=value#fragment",
    "平成25年12月31日（火）午後11時59分から令和7年1月1日（水・祝）午前0時00分まで、1,234,567,890円と99.99％。",
    "葛󠄀城、辻󠄀、髙橋、﨑山、①②③㈱㈲№℡、ｱｲｳｴｵｶﾞｷﾞｸﾞﾊﾟﾋﾟﾌﾟ、々ゝゞ〻ヽヾ、――、……、‥‥。",
    "Supercalifragilisticexpialidocious と Donaudampfschifffahrtsgesellschaft と日本語。",
    "ー",
    "、。」）",
    "　字下げのある段落です。　全角空白　も　あります。",
    "0123456789012345678901234567890123456789012345678901234567890",
    "――――――――――――――――――――……………………………………………………",
]


def set_in(folder: Path, *lines: str, texts: list[str]) -> Build:
    quoted = ["  - '" + text.replace("'", "''") + "'" for text in texts]
    head = ["layout: specimen", "date: 令和9年4月1日", "title: 試験"]
    (folder / "issue.yaml").write_text("\n".join([*head, *lines, "texts:", *quoted]) + "\n", encoding="utf-8")
    return build(folder, open_workspace(ROOT), ("screen",))


def fields(made: Build) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(made.files["map.json"])["fields"]
    return found


@pytest.mark.parametrize(("direction", "measures"), [("horizontal", range(6, 41, 2)), ("vertical", range(7, 41, 2))])
def test_any_text_at_any_measure(tmp_path: Path, direction: str, measures: range) -> None:
    numbers = ", ".join(map(str, measures))
    made = set_in(tmp_path, "size: 16", f"chars_per_line: [{numbers}]", f"direction: {direction}", texts=HARD)
    assert {found.code for found in made.findings} <= {"loose-line", "half-width-kana", "wide-space-at-start"}
    boxes = {(field["field"], field["slot"]["name"]) for field in fields(made) if field["slot"]}  # type: ignore[index]
    assert len(boxes) == len(HARD) * len(measures)


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_the_map_tells_each_box(tmp_path: Path, direction: str) -> None:
    made = set_in(tmp_path, "size: 20", "chars_per_line: 12", f"direction: {direction}", texts=["市" * 30, "町" * 3])
    first, second = fields(made)
    assert (first["field"], second["field"]) == ("texts.0", "texts.1")
    assert first["page"] == 1
    slot = first["slot"]
    assert isinstance(slot, dict)
    assert (slot["size"], slot["measure"], slot["direction"]) == (20, pytest.approx(60, abs=0.03), direction)
    box = first["box"]
    assert isinstance(box, dict)
    along, across = ("height", "width") if direction == "vertical" else ("width", "height")
    assert box[along] == pytest.approx(60, abs=0.03)
    assert box[across] > 2 * 35 * 0.25


def test_columns_are_each_as_wide_as_the_measure(tmp_path: Path) -> None:
    made = set_in(tmp_path, "size: 16", "chars_per_line: 10", "columns: 3", texts=["市" * 90])
    boxes = fields(made)
    assert [field["slot"]["measure"] for field in boxes] == pytest.approx([40] * 3, abs=0.03)  # type: ignore[index]


@pytest.mark.parametrize(
    ("lines", "texts", "code"),
    [
        (["size: 3", "chars_per_line: 12"], ["市"], "number-not-understood"),
        (["size: 16", "chars_per_line: [12, 十]"], ["市"], "number-not-understood"),
        (["size: 16", "chars_per_line: 12.5"], ["市"], "number-not-understood"),
        (["size: 16", "chars_per_line: 12", "direction: 縦"], ["市"], "word-not-known"),
        (["size: 16", "chars_per_line: 12", 'face: "a\'; color: red"'], ["市"], "word-not-known"),
        (["size: 16", "chars_per_line: 12", "face: Nothing"], ["市"], "font-family-unknown"),
        (["size: 16", "chars_per_line: 12"], ["絵文字🎣です"], "glyph-missing"),
        (["size: 16", "chars_per_line: 12"], ["邊\U000e01efさん"], "glyph-missing"),
        (["size: 16", "chars_per_line: 60"], ["市" * 60], "text-off-page"),
    ],
)
def test_what_cannot_be_set_is_told(tmp_path: Path, lines: list[str], texts: list[str], code: str) -> None:
    with pytest.raises(KohoError) as caught:
        set_in(tmp_path, *lines, texts=texts)
    assert code in {finding.code for finding in caught.value.findings}
    if code == "font-family-unknown":  # the editor wrote it
        (found,) = [each for each in caught.value.findings if each.code == code]
        assert found.where.field == "face"
        assert found.where.file
        assert found.where.file.endswith("issue.yaml")

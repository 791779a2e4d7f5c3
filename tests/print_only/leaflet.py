"""The leaflet with matter for print alone in it: words, an initiative, a photograph with the camera's notes, a
table."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image
from tests.media.photograph import SECRETS, camera_jpeg

LEAFLET = "2013-policy-leaflet"
LEAD, POLICY, INITIATIVE, ALT, CAPTION = (
    "桐箪笥商会の鶴亀",
    "銀杏並木堂の訃報",
    "松竹梅会館",
    "般若心経を読む僧",
    "蝋燭と香炉",
)
TABLE, CELL = "雛祭の供物", "鯨尺と曲尺"
FILE, TABLE_FILE = "himitsu-no-kao.jpg", "himitsu-no-hyo.csv"
WORDS = (LEAD, POLICY, INITIATIVE, ALT, CAPTION, TABLE, CELL, FILE, TABLE_FILE)
MARKER = (255, 0, 160)
NOTES: list[str | bytes] = [*SECRETS, b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0", b"2013:04:01"]


def write(root: Path, marks: bool) -> None:
    """The leaflet with a lead, policy, initiative, photograph and table for print alone, told in a comment too."""
    folder = root / "content" / LEAFLET
    (folder / "photos").mkdir()
    (folder / "photos" / FILE).write_bytes(camera_jpeg(picture=Image.new("RGB", (890, 490), MARKER)))
    (folder / TABLE_FILE).write_text(f"品,数\n{CELL},2\n", encoding="utf-8")
    path = folder / "issue.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in [
        (
            "lead: 財政健全化計画、市立病院改革プランの",
            f"# {LEAD}\nlead:\n  media: [print]\n  text: {LEAD}、市立病院の",
        ),
        (
            "          - 新しいごみ処理施設の供用開始を受け、円滑なごみ分別への移行に努めます。\n",
            f"          - {{text: {POLICY}, media: [print]}}\n"
            f"        table:\n          media: [print]\n          file: {TABLE_FILE}\n          caption: {TABLE}\n",
        ),
        (
            "  - name: 安心安全なまちづくり\n",
            "    photo:\n      media: [print]\n"
            f"      file: photos/{FILE}\n      alt: {ALT}\n      caption: {CAPTION}\n"
            "  - name: 安心安全なまちづくり\n",
        ),
        ("          - 道路・橋梁の補修改善、老朽化した市営住宅の改良などを計画的に整備します。\n", ""),  # for the table
        ("      - name: 子育て支援の取組\n", f"      - name: {INITIATIVE}\n        media: [print]\n"),
    ]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    if not marks:
        text = re.sub(r"(?m)^ *media: \[print\]\n|, media: \[print\]", "", text)
    path.write_text(text, encoding="utf-8")

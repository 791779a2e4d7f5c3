"""The small brochure with matter for print alone in it: words, a part, a photograph with the camera's notes, a
table."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image
from tests.kinds import brochure
from tests.media.photograph import SECRETS, camera_jpeg

NAME = brochure.NAME
LEAD, POINT, PART, ALT, CAPTION = (
    "桐箪笥商会の鶴亀",
    "銀杏並木堂の訃報",
    "松竹梅会館",
    "般若心経を読む僧",
    "蝋燭と香炉",
)
TABLE, CELL = "雛祭の供物", "鯨尺と曲尺"
FILE, TABLE_FILE = "himitsu-no-kao.jpg", "himitsu-no-hyo.csv"
WORDS = (LEAD, POINT, PART, ALT, CAPTION, TABLE, CELL, FILE, TABLE_FILE)
MARKER = (255, 0, 160)
NOTES: list[str | bytes] = [*SECRETS, b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0", b"2013:04:01"]


def make(root: Path, marks: bool) -> Path:
    """A workspace with the brochure."""
    brochure.make(root)
    write(root, marks)
    return root


def write(root: Path, marks: bool) -> None:
    """The brochure with a lead, point, part, photograph and table for print alone, told in a comment too."""
    folder = root / "content" / NAME
    (folder / "photos").mkdir()
    (folder / "photos" / FILE).write_bytes(camera_jpeg(picture=Image.new("RGB", (1250, 700), MARKER)))
    (folder / TABLE_FILE).write_text(f"品,数\n{CELL},2\n", encoding="utf-8")
    path = folder / "issue.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in [
        (
            "lead: 留萌の港で",
            f"# {LEAD}\nlead:\n  media: [print]\n  text: {LEAD}、留萌の港で",
        ),
        (
            "          - 古い橋を、三年かけて塗り替えます。\n",
            f"          - {{text: {POINT}, media: [print]}}\n"
            f"        table:\n          media: [print]\n          file: {TABLE_FILE}\n          caption: {TABLE}\n",
        ),
        (
            "  - name: 安心な道\n",
            "    photo:\n      media: [print]\n"
            f"      file: photos/{FILE}\n      alt: {ALT}\n      caption: {CAPTION}\n"
            "  - name: 安心な道\n",
        ),
        ("      - name: 本を読む\n", f"      - name: {PART}\n        media: [print]\n"),
    ]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    if not marks:
        text = re.sub(r"(?m)^ *media: \[print\]\n|, media: \[print\]", "", text)
    path.write_text(text, encoding="utf-8")

"""A poster with one picture, as a kind and a layout of its own, for tests of pictures."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image

REPOSITORY = Path(__file__).parents[2]
KIND = """\
format: 1
title: ポスター
front: true
called: "{title}"
cover: {id: top, of: [title]}
fields:
  title: {type: text, title: 題, role: title}
  photo: {type: picture, title: 写真, article: photo}
"""
CONTRACT = """\
kind: poster
title: ポスター（A6）
trim: 105 x 148
bleed: 3
pages: 1
colours: {ink: 0/0/0/100}
slots: {title: {size: 28, line_feed: 42, chars_per_line: 10, lines: 1}}
"""
PAGE = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title>{% include "about.html" %}
<style>{{ stylesheet }}</style></head><body>
<h1 class="place" data-slot="title" data-field="title">{{ issue.title|inline }}</h1>PICTURE</body></html>
"""
PICTURE = (
    '<div class="frame"><img src="{{ picture(issue.photo.file) }}" alt="{{ issue.photo.alt }}" class="photo"></div>'
)
STYLE = """\
html { font-family: "BIZ UDGothic"; font-size: 7mm; line-height: 10.5mm; color: var(--ink) }
h1 { position: absolute; left: 15mm; top: 120mm; font-weight: 400 }
.frame { position: absolute; left: 10mm; top: 10mm }
"""
WEB = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title><style>{{ stylesheet }}</style></head><body>
<h1>{{ issue.title|inline }}</h1><img class="photo" src="{{ picture(issue.photo.file) }}" alt="{{ issue.photo.alt }}">
</body></html>
"""
MANUSCRIPT = "layout: poster\ndate: 令和9年7月1日\ntitle: 港まつり\nphoto:\n  file: FILE\n  alt: 港の朝\n"


def make(
    root: Path,
    picture: str = "",
    style: str = "",
    *,
    file: str = "port.png",
    page: str = PICTURE,
    contract: str = "",
    web: str = "",
) -> Path:
    """A workspace in ``root`` with the kind, the layout and one issue, ``poster``; the folder of that.

    ``picture`` are more lines of the manuscript's picture, ``style`` and ``contract`` of the layout. The picture is 80
    by 60 pixels, unless it is another ``file``.
    """
    root.mkdir(exist_ok=True)
    shutil.copy(REPOSITORY / "koho.yaml", root)
    for name in ("fonts", "press"):
        (root / name).symlink_to(REPOSITORY / name)
    (root / "layouts").mkdir()
    for path in (REPOSITORY / "layouts").glob("_[!k]*"):
        (root / "layouts" / path.name).symlink_to(path)
    layout, issue, kind = root / "layouts/poster", root / "content/poster", root / "layouts/_kinds/poster"
    for folder in (layout, issue, kind):
        folder.mkdir(parents=True)
    (kind / "kind.yaml").write_text(KIND, encoding="utf-8")
    for name, text in (
        ("layout.yaml", CONTRACT + contract),
        ("layout.html", PAGE.replace("PICTURE", page)),
        ("layout.css", STYLE + style),
        ("web.html", WEB),
        ("web.css", f'html {{ font-family: "BIZ UDGothic" }}\n{web}'),
    ):
        (layout / name).write_text(text, encoding="utf-8")
    more = "".join(f"  {line}\n" for line in picture.splitlines())
    (issue / "issue.yaml").write_text(MANUSCRIPT.replace("FILE", file) + more, encoding="utf-8")
    if file == "port.png":
        Image.new("RGB", (80, 60), "#7799bb").save(issue / file)
    return issue

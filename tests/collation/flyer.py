"""A kind of issue and a layout for it that only tests know: an event flyer of two pages, with what can be forgotten."""

from __future__ import annotations

import shutil
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]

KIND = """\
format: 1
title: チラシ
front: true
called: "{title}"
cover: {id: top, of: [place, lead, inside, photo]}
fields:
  title: {type: text, title: 題名, role: title}
  place: {type: text, title: 会場}
  lead: {type: text, title: リード, role: lead}
  inside: {type: text, title: 控え, description: ひな形にない項目, optional: true}
  photo: {type: picture, title: 写真, optional: true}
  sections:
    type: list
    title: 記事
    article: s
    of:
      type: group
      name: Section
      fields:
        head: {type: text, title: 見出し, role: heading}
        texts: {type: list, of: text, title: 文章, role: body}
  telephone: {type: telephone, title: 問い合わせ, article: contact}
"""
CONTRACT = """\
kind: flyer
title: チラシ（A5・両面）
trim: 148 x 210
bleed: 3
pages: 2
colours: {ink: 0/0/0/100, paper: 0/0/0/0, main: 100/60/0/40}
slots: {title: {size: 40, line_feed: 48, chars_per_line: 11, lines: 1}}
"""
PAGES = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title>{% include "about.html" %}
<style>{{ stylesheet }}</style></head><body>
<section class="page"><h1 class="place title" data-slot="title" data-field="title">{{ issue.title|inline }}</h1>
<p class="place where" data-field="place">{{ issue.place|inline }}</p>
<p class="place lead" data-field="lead">{{ issue.lead|body }}</p>
{% if issue.inside %}<p class="place inside" data-field="inside">{{ issue.inside|body }}</p>{% endif %}</section>
<section class="page"><div class="place stack">{% for each in issue.sections %}
<h2 data-field="{{ each.head.field }}">{{ each.head|inline }}</h2>
{% for text in each.texts %}<p data-field="{{ text.field }}">{{ text|body }}</p>{% endfor %}
{% endfor %}</div><p class="place telephone" data-field="telephone">☎{{ issue.telephone }}</p></section></body></html>
"""
STYLE = """\
html { font-family: "BIZ UDGothic"; font-size: 4.25mm; line-height: 7mm; color: var(--ink) }
.page { width: 148mm; height: 210mm }
.title { left: 15mm; top: 15mm }
.where { left: 15mm; top: 40mm }
.lead { left: 15mm; top: 60mm; width: 110mm }
.inside { left: 15mm; top: 110mm; width: 110mm }
.stack { left: 15mm; top: 15mm; width: 110mm }
.telephone { left: 15mm; top: 190mm }
"""
WEB = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title><style>{{ stylesheet }}</style></head><body>
<h1>{{ issue.title|inline }}</h1><p class="where">{{ issue.place|inline }}</p><p>{{ issue.lead|inline }}</p>
{% if issue.inside %}<p>{{ issue.inside|inline }}</p>{% endif %}
{% for each in issue.sections %}<h2>{{ each.head|inline }}</h2>
{% for text in each.texts %}<p>{{ text|inline }}</p>{% endfor %}{% endfor %}
<p>☎{{ issue.telephone }}</p></body></html>
"""
MANUSCRIPT = """\
layout: flyer
date: 令和9年7月1日
title: 第50回るもい港まつり
place: 留萌港
lead: 今年で50回目を迎える、{留萌|るもい}港での港まつり。海の幸の屋台が留萌港に並びます。
sections:
  - head: 屋台
    texts: [ホタテとウニの屋台が、午前10時から並びます。]
  - head: 花火
    texts: [三千発の花火が、港の空を彩ります。雨のときは翌日に打ち上げます。]
telephone: 42-1809
"""


def make(root: Path) -> Path:
    """A workspace in ``root`` with the layout and one issue of it, ``flyer``."""
    shutil.copy(REPOSITORY / "koho.yaml", root)
    for name in ("fonts", "press"):
        (root / name).symlink_to(REPOSITORY / name)
    for name in ("_shared", "_large", "_article"):
        shutil.copytree(REPOSITORY / "layouts" / name, root / "layouts" / name)
    (root / "layouts" / "_kinds" / "flyer").mkdir(parents=True)
    (root / "layouts" / "_kinds" / "flyer" / "kind.yaml").write_text(KIND, encoding="utf-8")
    layout, issue = root / "layouts" / "flyer", root / "content" / "flyer"
    for folder in (layout / "sample", issue):
        folder.mkdir(parents=True)
        (folder / "issue.yaml").write_text(MANUSCRIPT, encoding="utf-8")
    files = {"layout.yaml": CONTRACT, "layout.html": PAGES, "layout.css": STYLE, "web.html": WEB, "web.css": ""}
    for name, text in files.items():
        (layout / name).write_text(text, encoding="utf-8")
    return root

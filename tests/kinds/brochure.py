"""A small brochure of four pages that only tests know: lists of groups, tables, photographs, marks, an
order for the print shop; few words. All of it is invented."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from tests.media.photograph import camera_jpeg, quadrants

from koho_pdf.kinds.kind_file import kind_of
from koho_pdf.manuscript.reader import read_bytes

REPOSITORY = Path(__file__).parents[2]
NAME = "2027-brochure"
DATE = "2027-04-01"
TITLE = "令和9年度 港の町のしおり"

KIND = """\
format: 1
title: しおり
front: true
called: "{year} {title}"
department: ask.section
cover: {id: introduction, of: [lead, slogan, theme]}
fields:
  year: {type: fiscal_year, title: 年度}
  title: {type: text, title: 題名, role: title}
  lead: {type: text, title: リード, role: lead}
  slogan: {type: text, title: 合言葉, role: display}
  theme: {type: text, title: テーマ, role: display}
  promises:
    type: group
    name: Promises
    title: 約束
    article: promises
    fields:
      heading: {type: text, title: 見出し, role: heading}
      items: {type: list, of: text, least: 2, most: 4, title: 約束, role: number}
  chapters:
    type: list
    least: 2
    most: 6
    title: 章
    section: chapter
    numbered: true
    of:
      type: group
      name: Chapter
      fields:
        name: {type: text, title: 章の名前, role: heading}
        parts:
          type: list
          least: 1
          most: 5
          title: 話
          article: part
          numbered: true
          of:
            type: group
            name: Part
            fields:
              name: {type: text, title: 話の名前, role: heading}
              points: {type: list, of: text, title: 中身, role: bullet}
              table: {type: table, optional: true, title: 表}
        photo: {type: picture, optional: true, title: 写真}
  closing: {type: list, of: text, most: 2, title: 結び, article: closing, role: body}
  ask:
    type: group
    name: Ask
    title: 問い合わせ
    article: ask
    fields:
      section: {type: text, title: 担当}
      telephone: {type: telephone, title: 電話}
      place: {type: text, title: 場所}
"""
CONTRACT = """\
kind: brochure
title: しおり（A5・4ページ）
trim: 148 x 210
bleed: 3
pages: 4
binding: left
readings: first
colours: {ink: 0/0/0/100, paper: 0/0/0/0, sky: 40/10/0/0, leaf: 80/30/60/20, rust: 10/70/80/10}
colours_two: {ink: 0/100, paper: 0/0, sky: 30/0, leaf: 60/20, rust: 80/0}
colours_one: {ink: 100, paper: 0, sky: 15, leaf: 60, rust: 70}
section_colours: [leaf, rust]
slots:
  title: {size: 36, line_feed: 44, chars_per_line: 13, lines: 1}
  slogan: {size: 60, line_feed: 72, chars_per_line: 8, lines: 1, direction: vertical}
  lead: {size: 17, line_feed: 28, chars_per_line: 26, lines: 3}
  glance: {size: 13, line_feed: 28, chars_per_line: 7, lines: 1}
"""
PAGES = """\
{% from "table.html" import table %}
<!doctype html><html lang="ja"><head><title>{{ issue.year }} {{ issue.title }}</title>{% include "about.html" %}
<style>{{ stylesheet }}</style></head><body>
<section class="page"><div class="sky"></div><div class="sea"></div>
<h1 class="place head"><span data-field="year">{{ issue.year }}</span>
<span class="title" data-slot="title" data-field="title">{{ issue.title|inline }}</span></h1>
<p class="place lead" data-slot="lead" data-field="lead">{{ issue.lead|body }}</p>
<p class="place slogan" data-slot="slogan" data-field="slogan">{{ issue.slogan|inline }}</p>
<p class="place theme" data-field="theme">{{ issue.theme|inline }}</p>
<div class="place promises"><h2 data-field="promises.heading">{{ issue.promises.heading|inline }}</h2>
<ol>{% for each in issue.promises["items"] %}
<li data-field="{{ each.field }}"><span class="label">{{ loop.index }}</span>{{ each|inline }}</li>
{% endfor %}</ol></div>
</section>
{% for half in (0, 1) %}<section class="page">
<p class="place header" aria-hidden="true" data-artifact="Header">{{ issue.title }}</p>
<p class="place glance">{% for chapter in issue.chapters if (chapter.place > 1) == (half == 1) %}
{% for part in chapter.parts %}
<span data-slot="glance" data-field="{{ part.name.field }}">{{ part.name|one_line }}</span>{% endfor %}
{% endfor %}</p>
<div class="place stack">{% for chapter in issue.chapters if (chapter.place > 1) == (half == 1) %}
<article class="{{ ('leaf', 'rust')[chapter.place % 2] }}"><h2 data-field="{{ chapter.name.field }}">
<span class="label">{{ chapter.place + 1 }}</span>{{ chapter.name|inline }}</h2>
{% if chapter.photo %}<figure>
<img src="{{ picture(chapter.photo.file) }}" alt="{{ chapter.photo.alt }}"
data-field="chapters.{{ chapter.place }}.photo.file">
{% if chapter.photo.caption %}
<figcaption data-field="{{ chapter.photo.caption.field }}">{{ chapter.photo.caption|inline }}</figcaption>
{% endif %}</figure>{% endif %}
{% for part in chapter.parts %}
<h3 data-field="{{ part.name.field }}"><span class="label">{{ loop.index }}</span>{{ part.name|inline }}</h3>
<ul>{% for point in part.points %}<li data-field="{{ point.field }}">{{ point|body }}</li>{% endfor %}</ul>
{% if part.table %}{% call(cell) table(part.table) %}{{ cell|inline }}{% endcall %}{% endif %}
{% endfor %}</article>{% endfor %}</div>
<p class="place folio" aria-hidden="true" data-artifact="Footer">{{ half + 2 }}</p></section>{% endfor %}
<section class="page"><div class="sky"></div><div class="sea"></div><div class="place stack closing">
{% for each in issue.closing %}<p data-field="{{ each.field }}">{{ each|body }}</p>{% endfor %}
<h2 data-field="ask.section">{{ issue.ask.section|inline }}</h2>
<p>☎<span data-field="ask.telephone">{{ issue.ask.telephone }}</span></p>
<p data-field="ask.place">{{ issue.ask.place|inline }}</p></div></section></body></html>
"""
STYLE = """\
html { font-family: var(--gothic); font-size: 4.25mm; line-height: 7mm; color: var(--ink) }
.page { width: 148mm; height: 210mm }
.sky { position: absolute; left: -3mm; top: -3mm; width: 154mm; height: 90mm; background: var(--sky) }
.sea { position: absolute; left: -3mm; top: 203mm; width: 154mm; height: 10mm; background: var(--leaf) }
.head { left: 12mm; top: 12mm }
.title { display: block }
.lead { left: 12mm; top: 40mm; width: 110.5mm }
.slogan { right: 15mm; top: 95mm; height: 100mm; font-family: var(--mincho) }
.theme { left: 12mm; top: 70mm }
.promises { left: 12mm; top: 100mm; width: 90mm }
.header { left: 12mm; top: 6mm; font-size: 3.25mm }
.glance span { display: inline-block }
.folio { left: 12mm; top: 198mm; font-size: 3.25mm }
.stack { left: 12mm; top: 16mm; width: 124mm }
.leaf h2 { background: var(--leaf); color: var(--paper) }
.rust h2 { background: var(--rust); color: var(--paper) }
.glance { left: 45mm; top: 6mm; white-space: nowrap; font-size: 3.25mm }
.glance span { display: inline-block }
.label { margin-right: 1em }
figure img { width: 90mm; height: 33mm; object-fit: cover }
"""
WEB = """\
{% from "table.html" import table %}
{% macro leading(field, words) %}
{% if field in permalink %}<a href="{{ permalink[field] }}">{{ words }}</a>{% else %}{{ words }}{% endif %}
{% endmacro %}
<!doctype html><html lang="ja"><head><meta charset="utf-8">
<title>{{ issue.title }}</title><style>{{ stylesheet }}</style></head><body>
<h1>{{ issue.year }} {{ issue.title|inline }}</h1><p>{{ issue.lead|inline }}</p>
<p>{{ issue.slogan|inline }}</p><p>{{ issue.theme|inline }}</p>
<h2>{{ leading("promises", issue.promises.heading|inline) }}</h2>
<ol>{% for each in issue.promises["items"] %}<li>{{ each|inline }}</li>{% endfor %}</ol>
{% for chapter in issue.chapters %}{% set number = loop.index %}<h2>{{ chapter.name|inline }}</h2>
{% if chapter.photo %}<figure><img src="{{ picture(chapter.photo.file) }}" alt="{{ chapter.photo.alt }}">
{% if chapter.photo.caption %}<figcaption>{{ chapter.photo.caption|inline }}</figcaption>{% endif %}</figure>
{% endif %}
{% for part in chapter.parts %}
<h3 id="part-{{ number }}-{{ loop.index }}">{{ leading(part.field, part.name|inline) }}</h3>
<ul>{% for point in part.points %}<li>{{ point|inline }}</li>{% endfor %}</ul>
{% if part.table %}{% call(cell) table(part.table) %}{{ cell|inline }}{% endcall %}{% endif %}{% endfor %}{% endfor %}
{% for each in issue.closing %}<p>{{ each|inline }}</p>{% endfor %}
<h2>{{ issue.ask.section|inline }}</h2>
<p>☎{{ issue.ask.telephone }}</p><p>{{ issue.ask.place|inline }}</p></body></html>
"""
WEB_STYLE = "html { font-family: var(--pgothic) }\n"
MANUSCRIPT = """\
# 見本。考えたもので、実在しません。
layout: brochure
date: 令和9年4月1日 # 発行日

# 印刷所への注文
printing:
  copies: 3,000部
  paper: 上質紙 四六判90kg
  fold: A4を二つ折りにしてA5
  delivery: 令和9年3月27日までに、市役所の窓口へ
year: 令和9年度
title: 港の町のしおり
lead: 留萌の港で暮らす人のために、一年の仕事を紹介します。
slogan: 港とともに
theme: 夕日と鰊の一年
promises:
  heading: 町の約束
  items:
    - よく聞くこと
    - ともに動くこと
    - 長く続けること
chapters:
  - name: にぎわう港
    parts:
      - name: 朝市を開く
        points:
          - 港の広場で、毎月はじめの日曜日に朝市を開きます。
      - name: 魚を届ける
        points:
          - とれた魚を、その日のうちに学校へ届けます。

  - name: 安心な道
    parts:
      - name: 道を直す
        points:
          - 冬に傷んだ道を、夏までに直します。
          - 古い橋を、三年かけて塗り替えます。
      - name: 都市の水を守る
        points:
          - 港のまわりの排水溝を、雨の前に掃除します。

  - name: 学ぶ子ども
    parts:
      - name: 本を読む
        points:
          - 「港の本棚」を、すべての学校に置きます。
      - name: 海を知る
        points:
          - 漁師さんの話を聞く日を設けます。

closing:
  - 港の灯りが、町のみなさんを照らします。
  - 町の一年を、ともに歩みます。
ask:
  section: 広報担当
  telephone: 42-1809
  place: 本庁舎 2階
"""


def make(root: Path, manuscript: str = MANUSCRIPT) -> Path:
    """A workspace in ``root`` with the kind, the layout ``brochure`` and one issue, ``NAME``; the folder of that."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copy(REPOSITORY / "koho.yaml", root)
    for name in ("fonts", "press"):
        (root / name).symlink_to(REPOSITORY / name)
    for path in (REPOSITORY / "layouts").glob("_[!k]*"):
        shutil.copytree(path, root / "layouts" / path.name)
    layout, issue = root / "layouts" / "brochure", root / "content" / NAME
    for folder in (layout / "sample", issue):
        folder.mkdir(parents=True)
        (folder / "issue.yaml").write_text(manuscript, encoding="utf-8")
    kind = root / "layouts" / "_kinds" / "brochure"
    kind.mkdir(parents=True)
    (kind / "kind.yaml").write_text(KIND, encoding="utf-8")
    files = {"layout.yaml": CONTRACT, "layout.html": PAGES, "layout.css": STYLE, "web.html": WEB, "web.css": WEB_STYLE}
    for name, text in files.items():
        (layout / name).write_text(text, encoding="utf-8")
    return issue


def with_photo(issue: Path, *, chapter: int = 1, file: str = "photos/port.jpg") -> None:
    """Give a chapter (from 0) of the issue a photograph."""
    path = issue / "issue.yaml"
    text = path.read_text(encoding="utf-8")
    name = as_typed()["chapters"][chapter]["name"]
    photo = f"    photo: {{file: {file}, alt: 港に並ぶ漁船と灯台, caption: 朝の港}}\n"
    path.write_text(text.replace(f"  - name: {name}\n", f"  - name: {name}\n{photo}"), encoding="utf-8")
    (issue / file).parent.mkdir(exist_ok=True)
    (issue / file).write_bytes(camera_jpeg(picture=quadrants(1280, 720)))


@cache
def model() -> Any:
    """The model of its manuscripts."""
    return kind_of("brochure", read_bytes(KIND.encode(), "kind.yaml")).model


def as_typed() -> dict[str, Any]:
    """The manuscript with every scalar as typed."""
    return dict(yaml.load(MANUSCRIPT, Loader=yaml.BaseLoader))

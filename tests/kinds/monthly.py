"""A small newsletter: a kind of issue and two kinds of articles, and a layout for them, as a designer makes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from tests.kinds import quiz

NAME = "r09-03"

FRONT = """\
format: 1
title: 月刊
front: true
called: "{title}"
department: ask
cover: {id: top, of: [lead]}
fields:
  title: {type: text, title: 題名, role: title}
  lead: {type: paragraphs, title: 前書き, role: lead}
  articles: {type: articles, title: 記事, of: [notice, feature]}
  ask: {type: contact, title: 問い合わせ先, article: ask}
"""
NOTICE = """\
format: 1
title: お知らせ
department: ask
fields:
  heading: {type: text, title: 見出し, role: heading}
  body: {type: paragraphs, title: 本文, optional: true}
  when: {type: occasions, title: 日時, role: field, optional: true}
  ask: {type: contact, title: 問合せ, role: field, optional: true}
"""
FEATURE = """\
format: 1
title: 特集
fields:
  heading: {type: text, title: 見出し, role: heading}
  lead: {type: text, title: リード, role: lead}
  parts:
    type: list
    title: 話
    of:
      type: group
      name: Part
      fields:
        heading: {type: text, title: 小見出し, role: heading}
        body: {type: paragraphs, title: 本文}
  photo: {type: picture, title: 写真, optional: true}
  table: {type: table, title: 表, optional: true}
"""
PARTIAL = """\
<section class="article feature"><h2 data-field="{{ article.heading.field }}">{{ article.heading|inline }}</h2>
<p class="deck" data-field="{{ article.lead.field }}">{{ article.lead|body }}</p>
{% from "blocks.html" import blocks with context %}
{{ blocks(told.blocks[1:], depth + 1) }}</section>
"""
PAGES = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title>{% include "about.html" %}
<style>{{ stylesheet }}</style></head><body><main class="stack"><h1 data-field="title">{{ issue.title|inline }}</h1>
{% for p in issue.lead %}<p data-field="{{ p.field }}">{{ p|body }}</p>{% endfor %}
{% for each in issue.articles %}{{ article(each) }}{% endfor %}
<p data-field="ask.department">{{ issue.ask.name }}</p>
{% for each in issue.ask.telephone %}<p data-field="ask.telephone">☎{{ each }}</p>{% endfor %}</main></body></html>
"""
STYLE = """\
html { font-family: "BIZ UDGothic"; font-size: 4.25mm; line-height: 7mm; color: var(--ink) }
@page { margin: 15mm }
h1, h2, h3 { font-size: 5mm; line-height: 7mm; margin: 0 }
p, figure { margin: 0 }
img { width: 40mm }
"""
WEB = PAGES.replace(' class="stack"', "")
CONTRACT = """\
kind: monthly
title: 月刊（A5）
trim: 148 x 210
bleed: 3
pages: 0
colours: {ink: 0/0/0/100, paper: 0/0/0/0}
slots: {}
"""
ISSUE = """\
layout: monthly
date: 令和9年3月1日
title: 広報るもい三月号
lead: 春の便りです。
articles:
  - shakai
  - id: radio
    kind: notice
    heading: 防災無線の試験
    body: |
      一斉に鳴らします。

      本物の警報ではありません。
    when: 3月10日(水)午前10時
  - nishin
ask: {department: 政策調整課, telephone: 42-1809}
"""
ARTICLES = {
    "shakai": """\
kind: notice
heading: 国民年金の{届|とど}け出
body: 二十歳になったら届け出ます。
when: 4月1日(木)から
ask: {department: 市民課, telephone: 42-1803}
""",
    "nishin": """\
kind: feature
heading: 鰊がきた町
lead: 百年前の春の話です。
parts:
  - heading: 浜の朝
    body: 海が白くなりました。
  - heading: 番屋の夜
    body: |
      飯を炊きました。

      歌も聞こえました。
photo: {file: photos/umi.png, alt: 白い海, caption: 群来の海, credit: 写真提供　観光協会}
table: {file: tables/catch.csv, caption: 水揚げ}
""",
}
TABLE = "年,トン\n明治三十年,千\n大正元年,八百\n"


def make(root: Path, issue: str = ISSUE, articles: Mapping[str, str | bytes] = ARTICLES) -> Path:
    """A workspace in ``root`` with the three kinds, the layout, and one issue, ``NAME``; the folder of that."""
    quiz.make(root)
    kinds, layout = with_kinds(root), root / "layouts" / "monthly"
    (kinds / "feature" / "article.html").write_text(PARTIAL, encoding="utf-8")
    (kinds / "feature" / "article.css").write_text(".deck { font-weight: 700 }\n", encoding="utf-8")
    layout.mkdir()
    for name, text in (("layout.yaml", CONTRACT), ("layout.html", PAGES), ("layout.css", STYLE), ("web.html", WEB)):
        (layout / name).write_text(text, encoding="utf-8")
    (layout / "web.css").write_text("html { font-family: sans-serif }", encoding="utf-8")
    folder = root / "content" / NAME
    for each in (folder, layout / "sample"):
        fill(each, issue, articles)
    return folder


def with_kinds(root: Path) -> Path:
    """The three kinds in a workspace; the folder of its kinds."""
    kinds = root / "layouts" / "_kinds"
    for name, text in (("monthly", FRONT), ("notice", NOTICE), ("feature", FEATURE)):
        (kinds / name).mkdir(parents=True)
        (kinds / name / "kind.yaml").write_text(text, encoding="utf-8")
    return kinds


@cache
def _sea() -> bytes:
    """A photograph; hundreds of workspaces have it."""
    from PIL import Image

    written = BytesIO()
    Image.new("RGB", (900, 600), (120, 160, 200)).save(written, "PNG")
    return written.getvalue()


def fill(folder: Path, issue: str = ISSUE, articles: Mapping[str, str | bytes] = ARTICLES) -> None:
    """An issue's folder: its manuscript, its articles' files, a photograph, a table."""
    for name in ("articles", "photos", "tables"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "issue.yaml").write_text(issue, encoding="utf-8")
    for name, text in articles.items():
        content = text.encode() if isinstance(text, str) else text
        (folder / "articles" / (name if "." in name else f"{name}.yaml")).write_bytes(content)
    (folder / "photos" / "umi.png").write_bytes(_sea())
    (folder / "tables" / "catch.csv").write_text(TABLE, encoding="utf-8")

"""A kind that the program does not know, with a layout, as a designer makes them: folders, no line of Python."""

from __future__ import annotations

import shutil
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
NAME = "summer-quiz"

KIND = """\
format: 1
title: 広報クイズ
front: true
called: "{title}"
department: ask.section
cover: {id: intro, of: [lead, prize]}
fields:
  title: {type: text, title: 題名, role: title}
  lead: {type: text, title: リード, role: lead}
  prize: {type: text, title: 賞品, optional: true}
  rounds:
    type: list
    least: 1
    title: 出題の回
    section: round
    numbered: true
    of:
      type: group
      name: Round
      fields:
        name: {type: text, title: 回の名前, role: heading}
        questions:
          type: list
          title: 問題
          article: question
          numbered: true
          of:
            type: group
            name: Question
            fields:
              question: {type: text, title: 問い, role: heading}
              choices: {type: list, of: text, least: 2, most: 4, title: 選択肢, role: number}
              hint: {type: text, title: ヒント, optional: true, role: note}
  level: {type: choice, of: [easy, hard], default: easy, title: 難しさ}
  rules:
    type: group
    name: Rules
    title: 応募のきまり
    article: rules
    fields:
      until: {type: date, title: しめきり, role: field}
      winners: {type: copies, title: 当選, role: field, optional: true}
  ask:
    type: group
    name: Ask
    title: 問い合わせ
    article: ask
    fields:
      section: {type: text, title: 担当, role: field}
      telephone: {type: telephone, title: 電話, role: field}
"""
CONTRACT = """\
kind: quiz
title: 広報クイズ（A5・両面）
trim: 148 x 210
bleed: 3
pages: 2
colours: {ink: 0/0/0/100, paper: 0/0/0/0, leaf: 80/30/60/20}
section_colours: [leaf]
slots: {title: {size: 40, line_feed: 48, chars_per_line: 11, lines: 1}}
"""
PAGES = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title>{% include "about.html" %}
<style>{{ stylesheet }}</style></head><body>
<section class="page"><h1 class="place title" data-slot="title" data-field="title">{{ issue.title|inline }}</h1>
<div class="place lead"><p data-field="lead">{{ issue.lead|body }}</p>
{% if issue.prize %}<p data-field="prize">{{ issue.prize|body }}</p>{% endif %}
<p data-field="rules.until">{{ issue.rules.until }}</p>
{% if issue.rules.winners %}<p data-field="rules.winners">{{ issue.rules.winners }}</p>{% endif %}
<p data-field="ask.section">{{ issue.ask.section|inline }}
<span data-field="ask.telephone">☎{{ issue.ask.telephone }}</span></p></div></section>
<section class="page"><div class="place stack">
{% for round in issue.rounds %}<h2 data-field="{{ round.name.field }}">{{ round.name|inline }}</h2>
{% for each in round.questions %}<h3 data-field="{{ each.question.field }}">{{ each.question|inline }}</h3>
<ol>{% for choice in each.choices %}<li data-field="{{ choice.field }}">{{ choice|inline }}</li>{% endfor %}</ol>
{% if each.hint %}<p data-field="{{ each.hint.field }}">{{ each.hint|body }}</p>{% endif %}
{% endfor %}{% endfor %}</div></section></body></html>
"""
STYLE = """\
html { font-family: "BIZ UDGothic"; font-size: 4.25mm; line-height: 7mm; color: var(--ink) }
.page { width: 148mm; height: 210mm }
.title { left: 15mm; top: 15mm }
.lead { left: 15mm; top: 40mm; width: 110mm }
.stack { left: 15mm; top: 15mm; width: 110mm }
"""
WEB = """\
<!doctype html><html lang="ja"><head><title>{{ issue.title }}</title><style>{{ stylesheet }}</style></head><body>
<h1>{{ issue.title|inline }}</h1><p>{{ issue.lead|inline }}</p>
{% if issue.prize %}<p>{{ issue.prize|inline }}</p>{% endif %}
{% for round in issue.rounds %}<h2>{{ round.name|inline }}</h2>{% for each in round.questions %}
<h3><a href="{{ permalink[each.field] }}">{{ each.question|inline }}</a></h3>
<ol>{% for choice in each.choices %}<li>{{ choice|inline }}</li>{% endfor %}</ol>
{% if each.hint %}<p>{{ each.hint|inline }}</p>{% endif %}{% endfor %}{% endfor %}
<p>{{ issue.rules.until }}</p>{% if issue.rules.winners %}<p>{{ issue.rules.winners }}</p>{% endif %}
<p>{{ issue.ask.section|inline }} ☎{{ issue.ask.telephone }}</p></body></html>
"""
MANUSCRIPT = """\
layout: quiz
date: 令和9年7月1日
title: るもいクイズ
lead: 港町{留萌|るもい}のことを、どれだけ知っていますか。
prize: 正解した方の中から、地元の{鰊|にしん}漬けを差し上げます。
rounds:
  - name: 海の回
    questions:
      - question: 黄金岬で見られるのは何ですか
        choices: [夕日, オーロラ, 樹氷]
        hint: 日本海の西を向いています。
      - id: herring
        question: 昔よくとれた魚は何ですか
        choices: [サンマ, ニシン]
  - name: まちの回
    questions:
      - question: 市の木は何ですか
        choices: [アカシア, ポプラ, シラカバ]
rules:
  until: 令和9年7月31日
  winners: 20
ask:
  section: 広報担当
  telephone: 42-1809
"""


def make(root: Path, manuscript: str = MANUSCRIPT) -> Path:
    """A workspace in ``root`` with the kind, the layout, and one issue, ``NAME``; the folder of that."""
    shutil.copy(REPOSITORY / "koho.yaml", root)
    for name in ("fonts", "press"):
        (root / name).symlink_to(REPOSITORY / name)
    for path in (REPOSITORY / "layouts").glob("_[!k]*"):
        shutil.copytree(path, root / "layouts" / path.name)
    layout, issue = root / "layouts" / "quiz", root / "content" / NAME
    kind = root / "layouts" / "_kinds" / "quiz"
    for folder in (layout / "sample", issue, kind):
        folder.mkdir(parents=True)
    (kind / "kind.yaml").write_text(KIND, encoding="utf-8")
    for name, text in (("layout.yaml", CONTRACT), ("layout.html", PAGES), ("layout.css", STYLE), ("web.html", WEB)):
        (layout / name).write_text(text, encoding="utf-8")
    (layout / "web.css").write_text("html { font-family: sans-serif }", encoding="utf-8")
    for folder in (layout / "sample", issue):
        (folder / "issue.yaml").write_text(manuscript, encoding="utf-8")
    return issue

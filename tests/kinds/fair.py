"""A notice with every type of field, and a layout for it: what a city's spring fair needs."""

from __future__ import annotations

from pathlib import Path

from tests.kinds import quiz

KIND = """\
format: 1
title: お知らせ
front: true
called: "{title}"
department: ask
cover: {id: intro, of: [lead]}
fields:
  title: {type: text, title: 題名, role: title}
  lead: {type: paragraphs, title: 前書き, role: lead}
  event:
    type: group
    name: Event
    title: 催し
    article: event
    fields:
      heading: {type: text, title: 見出し, role: heading}
      body: {type: paragraphs, title: 本文}
      when: {type: occasions, title: 日時, role: field}
      fee: {type: amount, title: 参加費, role: field, default: 無料}
      who: {type: person, title: 講師, role: field}
      until: {type: date, title: 申込期限, role: field}
      opens: {type: time, title: 開場, role: field}
      more: {type: code, title: くわしく, role: field}
      said: {type: paragraphs, title: 声, role: quote}
      remark: {type: text, title: 注, role: note}
      beside:
        type: group
        name: Beside
        title: 豆知識
        role: aside
        fields:
          heading: {type: text, title: 見出し, role: heading}
          body: {type: text, title: 本文}
      ask: {type: contact, title: 問合せ, role: field}
  ask: {type: contact, title: 問い合わせ先, article: ask}
"""
MANUSCRIPT = """\
layout: quiz
date: 令和9年3月1日
title: 春の講座
lead: |
  港町{留萌|るもい}で、春の講座を開きます。

  はじめての方も、**お気軽に**どうぞ。
event:
  heading: 番屋を歩く
  body: |
    　昔の番屋を歩きます。
    　動きやすい服で
    おいでください。
  when:
    - 4月3日(土)午前10時～正午
    - 毎週水曜日 13:30～15:00（祝日を除く）
  who: 東海林 美雪（しょうじ みゆき）
  until: 3月26日(金)
  opens: 9:30
  more: https://www.city.example.jp/koho/
  said: |
    太い梁に驚きました。

    また来たいです。
  remark: 昼食は各自で用意してください。
  beside:
    heading: 番屋とは
    body: 漁師が寝泊まりした建物です。
  ask: 社会教育課
ask: 広報係
"""
DEPARTMENTS = """
departments:
  社会教育課:
    section: 文化財係
    telephone: 0164-42-1801 内線 123
    fax: 0164-43-8778
  広報係:
    telephone: 42-1809
    mail: koho@city.example.jp
"""


def make(root: Path) -> Path:
    """A workspace in ``root`` with one issue; its folder."""
    issue = quiz.make(root, MANUSCRIPT)
    (root / "layouts" / "_kinds" / "quiz" / "kind.yaml").write_text(KIND, encoding="utf-8")
    with (root / "koho.yaml").open("a", encoding="utf-8") as koho:
        koho.write(DEPARTMENTS)
    return issue

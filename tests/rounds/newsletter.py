"""A small newsletter of four departments, and its first round of proofs. All of it is invented."""

from __future__ import annotations

from pathlib import Path

from tests.kinds import monthly

from koho_pdf.rounds.proofing import Asked, Proof, proof
from koho_pdf.workspace.workspace import open_workspace

NAME = monthly.NAME
ISSUE = """\
layout: monthly
date: 令和9年3月1日
title: 広報るもい三月号
lead: 春の便りです。
articles: [shakai, radio, tax, nishin]
ask: {department: 政策調整課, telephone: 42-1809}
"""
ARTICLES = {
    "shakai": """\
kind: notice
heading: 国民年金の{届|とど}け出
body: |
  二十歳になったら届け出ます。

  手数料は300円です。髙橋𠮷子さんが受け付けます。
when: 4月1日(木)から
ask: {department: 市民課, telephone: 42-1803}
""",
    "radio": """\
kind: notice
heading: 防災無線の試験
body: |
  一斉に鳴らします。

  本物の警報ではありません。

  雨の日も「</script><b>」と鳴らします。
when: 3月10日(水)午前10時
ask: {department: 総務課, telephone: 42-1801}
""",
    "tax": """\
kind: notice
heading: 市民税の申告
body: 市役所の2階で受け付けます。
when: 3月15日(月)まで
ask: {department: 税務課, telephone: 42-1805}
""",
    "nishin": monthly.ARTICLES["nishin"],
}
DEPARTMENTS = ("政策調整課", "市民課", "総務課", "税務課")


def make(root: Path) -> Path:
    """A workspace with the newsletter; the folder of the issue."""
    root.mkdir(parents=True, exist_ok=True)
    return monthly.make(root, ISSUE, ARTICLES)


def put_out(root: Path, *, date: str = "", until: str = "", last: bool = False, again: bool = False) -> Proof:
    """The next round."""
    folder = root / "content" / NAME
    return proof(folder, open_workspace(root), Asked(date, until, last, again), lambda stage: None)

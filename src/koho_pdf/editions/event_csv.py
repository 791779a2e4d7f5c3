"""Events as the open data of cities has them: ``data/events.csv`` with the columns of 自治体標準オープンデータセット
「イベント一覧」, and ``data/events-2017.csv`` with those of the 推奨データセット before it.

UTF-8 with a byte order mark, CRLF, so that Excel opens it; one row a time of an event. A cell is empty where nothing is
known. A cell that a spreadsheet would take for a formula stands behind an apostrophe.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping

from koho_pdf.content.issue import Issue
from koho_pdf.content.values.times import Time
from koho_pdf.editions.happenings import Happening, happenings
from koho_pdf.layout.city import City
from koho_pdf.layout.reflowed import article_address

_STANDARD = (
    "NO,都道府県コード又は市区町村コード,名称,名称(カナ),名称(英字),名称(通称),サブタイトル,概要,説明,サブイベント,"
    "イベント種類,URL,画像URL,状態,対象となる産業,ステージ,開始日,終了日,開始時刻,終了時刻,日時備考,場所名称,集合場所,"
    "郵便番号,住所都道府県,住所市区町村,住所町名,住所丁目以下,建物名等,緯度,経度,主催団体,共催団体,その他関係団体,"
    "対象者,定員,料金(基本),料金(詳細),外国語対応,申込期限日,申込期限時刻,申込方法,アクセス方法,駐車場情報,"
    "駐輪場情報,連絡先名称,連絡先電話番号,連絡先内線番号,連絡先メールアドレス,備考"
)
_BEFORE = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,イベント名,イベント名_カナ,イベント名_英語,開始日,終了日,"
    "開始時間,終了時間,開始日時特記事項,説明,料金(基本),料金(詳細),連絡先名称,連絡先電話番号,連絡先内線番号,主催者,"
    "場所名称,住所,方書,緯度,経度,アクセス方法,駐車場情報,定員,参加申込終了日,参加申込終了時間,参加申込方法,URL,備考,"
    "カテゴリー,区,公開日,更新日,子育て情報,施設No."
)
_LABELS = {
    "対象": "対象者",
    "定員": "定員",
    "人数": "定員",
    "費用": "料金(詳細)",
    "料金": "料金(詳細)",
    "参加費": "料金(詳細)",
    "受講料": "料金(詳細)",
    "入場料": "料金(詳細)",
    "主催": "主催団体",
    "共催": "共催団体",
    "後援": "その他関係団体",
    "協力": "その他関係団体",
    "申込": "申込方法",
    "申込み": "申込方法",
    "申し込み": "申込方法",
    "交通": "アクセス方法",
    "行き方": "アクセス方法",
    "駐車場": "駐車場情報",
    "集合": "集合場所",
    "持ち物": "備考",
}
_YEN = re.compile(r"[0-9０-９][0-9０-９,，]*(?=円)")
_COUNT = re.compile(r"[0-9０-９][0-9０-９,，]*(?=[人名組])")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789", ",，")
_FORMULA = re.compile(r"[=＝@＠\t\r]|[+＋－-](?![0-9.]*\Z)")


def event_tables(name: str, issue: Issue, city: City) -> dict[str, bytes]:
    """Both tables by their names."""
    rows = [_row(each, number, name, issue, city) for number, each in enumerate(happenings(issue), 1)]
    before = [_as_before(row, issue, city) for row in rows]
    return {"events.csv": _table(_STANDARD, rows), "events-2017.csv": _table(_BEFORE, before)}


def _row(each: Happening, number: int, name: str, issue: Issue, city: City) -> dict[str, str]:
    span, article = each.span, each.article
    last = span.last or span.first
    once = span.repeats is None and (last == span.first or span.through)
    row = {
        "NO": f"{number:010}",
        "名称": each.name,
        "説明": each.words,
        "イベント種類": article.above[-1] if article.above else "",
        "URL": article_address(city.site, name, article.key),
        "開始日": _day(span.first, span.begins),
        "終了日": "" if span.opens else _day(last, (span.ends or span.begins) if once else None),
        "開始時刻": _clock(span.begins),
        "終了時刻": _clock(span.ends),
        "日時備考": each.when.source if span.repeats or each.when.note or span.through else "",
        "場所名称": each.place,
        "住所市区町村": city.municipality,
        "連絡先名称": article.department,
        "連絡先電話番号": each.telephone,
        "連絡先メールアドレス": str(article.about.department.get("mail", "")),
    }
    for label, said in each.lines.items():
        if column := _LABELS.get(label):
            row[column] = "\n".join(filter(None, (row.get(column, ""), said)))
    row["料金(基本)"] = _figure(_YEN, row.get("料金(詳細)", "")) or "0" * ("無料" in row.get("料金(詳細)", ""))
    row["定員"] = _figure(_COUNT, row.get("定員", "")) or row.get("定員", "")
    due = article.about.deadline
    row["申込期限日"] = due.iso if due else ""
    return row


def _as_before(row: Mapping[str, str], issue: Issue, city: City) -> dict[str, str]:
    same = {each: row[each] for each in _names(_BEFORE) if each in row}
    return same | {
        "市区町村名": city.municipality,
        "イベント名": row["名称"],
        "開始時間": row["開始時刻"],
        "終了時間": row["終了時刻"],
        "開始日時特記事項": row["日時備考"],
        "主催者": row.get("主催団体", ""),
        "参加申込終了日": row["申込期限日"],
        "参加申込方法": row.get("申込方法", ""),
        "カテゴリー": row["イベント種類"],
        "公開日": issue.date.iso,
        "更新日": issue.date.iso,
    }


def _day(day: datetime.date | None, time: Time | None) -> str:
    """The day of a time, which may be one day later (24:00, 翌午前1時)."""
    return (day + datetime.timedelta(time.minutes // (24 * 60) if time else 0)).isoformat() if day else ""


def _clock(time: Time | None) -> str:
    return time.iso if time else ""


def _figure(pattern: re.Pattern[str], words: str) -> str:
    """The one figure of some words; empty if there are several."""
    found = pattern.findall(words)
    return str(found[0]).translate(_NARROW) if len(found) == 1 else ""


def _names(columns: str) -> list[str]:
    return next(csv.reader([columns]))


def _table(columns: str, rows: Iterable[Mapping[str, str]]) -> bytes:
    names = _names(columns)
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(names)
    for row in rows:
        table.writerow([safe_cell(row.get(each, "")) for each in names])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def safe_cell(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell

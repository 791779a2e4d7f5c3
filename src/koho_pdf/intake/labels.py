"""The names that departments give to fields and columns, and which of them mean the same: 日にち, 開催日, 月日 … are
one thing. A kind's own titles (``kind.yaml``) are matched with them, so a new kind needs nothing here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SAME = (
    "日時 とき 開催日時 実施日時 日程 開催日程 開催日 月日 期日 実施日 日にち いつ 開始日",
    "日 日にち 日付 開催日 月日 期日 実施日 年月日 当番日 診療日 収集日 開始日 実施年月日 月日(曜日) 健診日 検診日",
    "最後の日 終了日 まで",
    "時刻 時間 開始時間 開始時刻 受付時間 開演 開会",
    "期間 募集期間 受付期間 開催期間 会期 実施期間 開設期間 申込期間",
    "場所 会場 ところ 開催場所 実施場所 どこで 場所名称 集合場所 開催地",
    "対象 対象者 参加資格 応募資格 資格 対象年齢 生年月日",
    "人数 募集人数 募集人員 採用人数",
    "定員 募集定員 参加定員",
    "内容 講座内容 事業内容 概要 業務内容 説明",
    "費用 参加費 受講料 料金 会費 参加料 入場料 利用料 手数料 参加費用 料金(基本)",
    "持ち物 持参するもの 用意するもの 持参品 持物 準備するもの 必要なもの",
    "申込 申込み 申し込み 申込方法 申込み方法 申し込み方法 応募方法 応募 申込先 お申込み お申し込み 申請 参加申込"
    " 参加申し込み方法",
    "問合せ 問い合わせ 問合先 問合せ先 問い合わせ先 お問い合わせ お問合せ お問い合わせ先 お問合せ先 問合わせ"
    " 連絡先 照会先 連絡先名称 申込・問合せ 申込み・問合せ",
    "電話 電話番号 ℡ TEL でんわ ☎ 連絡先電話番号 連絡先 番号 電話番号(市外局番0164)",
    "見出し 題名 タイトル 件名 表題 題 名称 行事名 事業名 講座名 イベント名 催し名",
    "本文 記事 記事本文 紹介文 案内文 掲載文 文章 説明",
    "病院 医療機関 医療機関名 病院名 当番医 診療所 当番病院 病院・医院名 医院名 当番医療機関 当番医院",
    "診療科 科目 診療科目 区分 科",
    "健診 健診名 検診名 検診 種別 事業名 健診の種類",
    "行事 行事名 イベント 催し 名称 イベント名 催し名 事業名 予定",
    "何の相談か 相談名 相談 相談種別 相談の種類 種別 名称",
    "書名 本の名前 本 タイトル 本のタイトル",
    "著者 著者名 作者",
    "棚 分類 ジャンル",
    "何を 税目 種類 品目 納めるもの 科目",
    "期限 納期限 納付期限 納期",
    "何の数か 区分 項目 種別",
    "数 人数 人口 件数 値",
    "増減 前月比 前月との差 前月増減",
    "人口 総人口 総数 人口総数 合計",
    "氏名 名前 お名前",
    "二次元コード QRコード 申込フォーム URL ホームページ",
    "写真 写真か絵 画像 イラスト",
    "分類 カテゴリー カテゴリ ジャンル",
    "担当課 課名 部署 所属 主管課 担当",
)
_NOT_LETTERS = re.compile(r"[\s　【】〔〕\[\]《》〈〉「」『』:：・■●○〇◎◇◆★☆※▼▽▲△□→⇒＊*,、。.]+")
_DECORATION = re.compile(r"^[\s　【〔\[《〈「『■●○◎◇◆★☆※▼▽▲△□→⇒・＊*]+")


def folded(label: str) -> str:
    """A name as names are compared: without spaces and ornaments, in one width."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", label)).lower()


_GROUPS = tuple(frozenset(folded(each) or each for each in line.split()) for line in _SAME)
_KNOWN = frozenset(each for group in _GROUPS for each in group) | {"☎", "℡"}


@lru_cache(maxsize=4096)
def likeness(title: str, label: str) -> float:
    """How much a column or label is the field of this title: 1 the same words, 0 nothing alike."""
    one, other = folded(title), folded(label) or label.strip()
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    if any(one in group and other in group for group in _GROUPS):
        first = next(
            line.split() for line, group in zip(_SAME, _GROUPS, strict=True) if one in group and other in group
        )
        return 0.9 if folded(first[0]) == one else 0.7
    if len(one) >= 2 and (other.startswith(one) or other.endswith(one)):
        return 0.5
    return 0.0


@lru_cache(maxsize=512)
def own_words(title: str) -> tuple[str, ...]:
    """Other words for the field of this title that are words for no other field."""
    groups = [group for group in _GROUPS if folded(title) in group]
    words = {each for group in groups for each in group if len(each) > 1}
    return tuple(sorted(each for each in words if sum(each in group for group in _GROUPS) == 1))


def is_label(text: str, more: Iterable[str] = ()) -> bool:
    """Whether a text is the name of a field: one that departments use, or one of ``more`` (a kind's titles)."""
    plain = folded(text) or text.strip()
    return bool(plain) and len(plain) <= 16 and (plain in _KNOWN or any(plain == folded(each) for each in more))


def undecorated(text: str) -> str:
    """A text without ornaments before it."""
    return _DECORATION.sub("", text)

"""L29: loan words without their last long vowel."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule, in_words

_SHORT = (
    "コンピュータ|コントローラ|シェルタ|プレーヤ|シュレッダ|クリーナ|シャワ|ホルダ|アンカ|コンベヤ|スプリンクラ|ユーザ|サーバ|プリンタ|フォルダ|ブラウザ|モニタ|センタ|メンバ|スキャナ|ルータ|ドライバ|エディタ|カレンダ|シリンダ|エレベータ|エスカレータ|ヘルパ|リーダ|マスタ|スピーカ|セミナ"
    "|アダプタ|コネクタ|プロジェクタ|ポスタ|パートナ|マネージャ|ヘリコプタ|フィルタ|モータ|メータ|トレーナ|インストラクタ|コーディネータ|オペレータ|ボランティアリーダ|トラクタ|シャッタ|レジスタ|シャワ"
    "|バッテリ|カテゴリ|メモリ|エントリ|セキュリティポリシ|ギャラリ|コンピュータリテラシ|プライバシ|バリアフリ|エネルギ|スケジューラ|サポータ|ファシリテータ|アドバイザ|クリーナ|ヒータ|ボイラ|カウンタ|タイマ|ハンガ|レシーバ|テレビモニタ"
    "|ディレクタ|プロデューサ|デザイナ|コンテナ|クーラ|シルバ|マナ|ドナ|オーナ|コーナ|ランナ|ナンバ|カバ|キーホルダ|ホルダ|フォロワ|タワ|パワ|シニアマネージャ|インタビュ|メニュ|バリュ|センサ|メーカ|ポインタ|シュレッダ|ミキサ|コンバータ|チューナ|ハンマ|スライダ|バーナ|スプリンクラ|ドライヤ|レコーダ|ビューア|マウスドライバ|プログラマ|エンジニアリーダ|トランスレータ|シミュレータ|アクセサリ|ライブラリ|ファクトリ|ドクタ|ナビゲータ|キャラクタ|シッタ|ライタ|ペースメーカ|カウンセラ|ケアマネジャ|マネジャ|ワーカ|レジャ|ペーパ|スーパ|ロッカ|ラッカ|バーベキュ|デビュ|レビュ|カッタ|ジャンパ|プレーヤ|プレイヤ|シャンプ|ファミリ|ロビ|ベビ|コピ|タクシ|ラグビ|パーティ|ストーリ|アカデミ|カンパニ|パーカ|ディーラ|オーガナイザ|レギュラ"
)
_RISKY = frozenset(
    [
        "マナ",
        "ドナ",
        "カバ",
        "ナンバ",
        "タワ",
        "パワ",
        "マスタ",
        "クーラ",
        "ホルダ",
        "メモリ",
        "シルバ",
        "センタ",
        "センサ",
        "ハンマ",
        "レギュラ",
        "ライブラリ",
        "アクセサリ",
        "ファクトリ",
        "コンテナ",
        "ライタ",
        "スーパ",
        "ロビ",
        "ベビ",
        "コピ",
        "パーカ",
        "レジャ",
        "カッタ",
        "シッタ",
    ]
)
_WORD = late(f"(?<![ァ-ヺー])((?:[ァ-ヺー]*?)(?:{_SHORT}))(?![ァ-ヺー])")
_COMPANY = late("（株）|株式会社|（有）|有限会社|㈱")
_OF_A_NAME = late(
    "(?:[一-龥ァ-ヶー・]{0,8})(?:専門学校|学院|大学|短大|学園|高校|高等学校|協会|学会|研究所|研究会|連盟|財団|機構|工業会|振興会|株式会社|有限会社|（株）)"
)
_EXACT = frozenset(_SHORT.split("|"))
_KEPT = frozenset(["ドナ", "カバ", "ナンバ", "コンテナ", "マスタ"])
"""Words of their own, also without a long vowel."""


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in in_words(prose, _WORD):
        word = found[1]
        if _OF_A_NAME.match(prose.text, found.end()):
            continue
        if _COMPANY.search(prose.text[max(0, found.start() - 12) : found.end() + 5]):
            continue
        if word in _KEPT:
            continue
        if word not in _EXACT and not any(word.endswith(each) for each in _EXACT - _RISKY):
            continue
        yield Alarm(
            found.start(), found.end(), f"「{word}」は「{word}ー」と書きます。", f"{word}ー", certain=word not in _RISKY
        )


RULE = Rule(
    "L29",
    "l29-long-vowels",
    Severity.WARNING,
    "外来語の長音",
    "英語の -er・-or・-ar で終わる言葉は、終わりの長音「ー」を書くのが公用文の書き方です。",
    wrong=(
        ("コンピュータを学びます。", "コンピューターを学びます。"),
        ("ユーザ登録", "ユーザー登録"),
        ("サーバを止めます。", "サーバーを止めます。"),
        ("介護ヘルパを募集", "介護ヘルパーを募集"),
    ),
    silent=("コンピューターを学びます。", "コンテナ船", "カバンとカバー", "モニターツアー", "「プリンタ」という製品"),
    find=_find,
    roles=WORDS,
)

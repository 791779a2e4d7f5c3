"""L33: words that add nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import PLAIN, WORDS, Alarm, Reading, Rule
from koho_pdf.gate.spelling import Spelling, spelled

_NOUNS = "実施|検討|調査|確認|説明|案内|募集|配布|販売|展示|点検|整備|改修|修理|清掃|相談|支援|見直し|登録|申請|変更|紹介|交換|回収|収集|設置|提供|測定|審査|選考|受付|更新|送付|発送|周知|訓練の実施|貸し出し|取り組み|手続き|啓発|巡回|交付|発行|廃止|開催|除雪|消毒|検査|補修|修繕|改良|補強|剪定|伐採|除草|塗装|舗装|撤去|移転|延長|分析|集計|把握|共有|連絡|報告|通知|公表|発表|掲示|掲載|記録|保存|保管|管理|運営|予約"
_NOUNS += "|受け付け|支払い|納付|徴収|給付|支給|助成|補助|返却|返還|強化|推進|促進|視察|巡視|監視|聞き取り|評価|検証|改定|改正|策定|作成|編集|印刷|洗浄|散布|植栽|加工|出荷|誘導|指導|助言|研修|育成|養成|派遣|採用|任命|表彰|照会|回答|協議|調整|決定|選定|抽選|判定|認定|許可|承認|修正|訂正|追加|削除|入力|照合|観測|放送|演奏|練習|観察|発掘|打ち合わせ|話し合い|呼び掛け|呼びかけ|見守り|片付け|植え替え|貸出し?|払い戻し|見回り|手入れ|草刈り|雪下ろし|交渉|監査|分別|選別|計測|計算|試算|試行|改築|増築|建設|建て替え|治療|施術|利用|使用|受診|参加|取り替え|付け替え|埋め立て|取り壊し|聞き取り調査"
_SPELLINGS = (
    Spelling("(?P<noun>[一-龥ァ-ヶー]{1,6})することができ(?P<e>る|ます|ません|ない|た|まし)", r"\g<noun>でき\g<e>"),
    Spelling(
        "(?P<verb>(?<![一-龥ぁ-ん])[一-龥ぁ-ん]{1,5}[うくぐすつぬぶむる]|[一-龥][ぁ-ん]{0,2}[うくぐすつぬぶむる])ことが(?:でき|出来)(?P<e>る|ます|ません|ない|た|まし)",
        "",
        unless="ことができること|どうすること|せることが",
    ),
    Spelling(
        "(?P<noun>[一-龥ァ-ヶー]{1,6})することが可能(?P<e>です|でした|となり|とな|にな|な|で(?=[、す]))",
        r"\g<noun>でき",
    ),
    Spelling("(?<=[うくぐすつぬぶむる])ことが可能(?=です|でした|となり|となる|になり|になる|な)", ""),
    Spelling("まず第一に|まず[初始]めに|まずはじめに|まず先に|最初にまず|初めにまず", "まず"),
    Spelling("につきまして(?:は|も)?", "については"),
    Spelling("に関しまして(?:は|も)?", "に関しては"),
    Spelling("におきまして(?:は|も)?", "では"),
    Spelling("という(?:形|ふう)(?=で|に)", ""),
    Spelling("(?<=[るたす])こととし(?:ます|ました|ています)(?=。)", ""),
    Spelling("(?:な|の|い|る)状況(?:となって|になって)(?:い|お)?り?ます", ""),
    Spelling("期間の間", "期間"),
    Spelling(
        "(?P<noun>検診|健診|調査|工事|清掃|点検|訓練|募集|検査|配布|販売|受付|相談|助成|補助)を実施(?:いたし|し)(?P<e>ます|まし|てい)",
        r"\g<noun>をし\g<e>",
    ),
    Spelling("(?<=[てで])いただくことができ(?=ます|る)", "いただけ"),
    Spelling("まず最初に|まず一番(?:初め|始め|最初|はじめ)に", "最初に"),
    Spelling(
        "(?:約|およそ|おおよそ)(?P<n>[0-9０-９][0-9０-９,，万千]*[一-龥ァ-ヶーA-Za-z]{0,4}?)(?:ほど|程度|くらい|ぐらい|前後|余り|あまり)",
        r"約\g<n>",
    ),
    Spelling(
        f"(?P<noun>{_NOUNS})を(?:行い|行ない)(?P<e>ます|まし|ません)",
        r"\g<noun>し\g<e>",
        unless="(?:[一-龥]の|行事|式)を行",
    ),
    Spelling(f"(?P<noun>{_NOUNS})を(?:行う|行なう)(?=[。、とこ方人]|予定|計画|場合|ため|際|とき)", r"\g<noun>する"),
    Spelling(f"(?P<noun>{_NOUNS})を(?:行っ)(?P<e>て|た)", r"\g<noun>し\g<e>"),
    Spelling("(?P<noun>調査|検討|確認|点検|整備|見直し)を(?:実施し|実施いたし)(?P<e>ます|まし)", r"\g<noun>し\g<e>"),
    Spelling(
        "あらかじめ(?:事前に|予約)|事前に予約|あらかじめ予告|前もって予告|事前の予約", "予約", unless="事前に予約が"
    ),
    Spelling("(?P<noun>[一-龥]{2})(?:の)?(?:作業|業務)を(?:行い|行ない|実施し)(?P<e>ます|まし)", r"\g<noun>し\g<e>"),
    Spelling("従来から|従前から", "従来", unless="従来からの(?:友)"),
    Spelling("(?:に)?ついて(?:の|は)?(?:検討を加え|考慮に入れ)", ""),
    Spelling("という(?:こと|もの)(?:になって|となって)(?:い|お)り?ます", ""),
    Spelling("(?:こと|もの)と(?:なって|なり)(?:おり|い)?ま(?:す|した)(?=。)", "", "[るたす]"),
    Spelling("といった(?:よう|形)な", ""),
    Spelling("のほうを", "を", "[一-龥ァ-ヶー]"),
    Spelling("させていただく形", ""),
)


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    for alarm in spelled(prose, reading, _SPELLINGS, "「{wrong}」は、短く言えます。", certain=False):
        wrong = prose.text[alarm.begin : alarm.end]
        right = alarm.right or _able(wrong)
        hint = f"「{right}」で伝わります。" if right else "同じことを、短く書いてください。"
        yield Alarm(alarm.begin, alarm.end, alarm.told, hint=hint)


_ROWS = dict(zip("うくぐすつぬぶむる", "えけげせてねべめれ", strict=True))


def _able(words: str) -> str:
    """使うことができます -> 使えます; 食べることができます is left to people."""
    found = re.fullmatch("(?P<stem>.*)(?P<end>[うくぐすつぬぶむ])ことが(?:でき|出来)(?P<e>.*)", words)
    return f"{found['stem']}{_ROWS[found['end']]}{found['e']}" if found else ""


RULE = Rule(
    "L33",
    "l33-wordy",
    Severity.WARNING,
    "長い言い方",
    "なくても意味が変わらない言葉を取ると、大事なことが残ります。",
    wrong=(
        ("どなたでも利用することができます。", ""),
        ("まず最初に受付へ", ""),
        ("点検を行います。", ""),
        ("調査の実施を行います。", ""),
    ),
    silent=("行事を行います。", "利用できます。", "入学式を行います。", "最初に受付へ", "約30人"),
    find=_find,
    roles=WORDS - PLAIN,
)

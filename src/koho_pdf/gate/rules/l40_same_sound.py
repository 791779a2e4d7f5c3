"""L40: words that sound alike: the input method chose the wrong one."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.compounds import no_words_in
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule
from koho_pdf.gate.sound_alikes import SPELLINGS
from koho_pdf.gate.spelling import spelled


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    told = list(
        spelled(prose, reading, SPELLINGS, "「{wrong}」は「{right}」の打ち間違いではありませんか。", certain=False)
    )
    yield from told
    for alarm in no_words_in(prose):
        if not any(one.begin < alarm.end and alarm.begin < one.end for one in told):
            yield alarm


RULE = Rule(
    "L40",
    "l40-same-sound",
    Severity.WARNING,
    "同じ音の別の言葉",
    "変換の間違いは、声に出す校正では見つかりません。",
    wrong=(
        ("健康保健証の色", "健康保険証の色"),
        ("健康保険証を持ってきてください。", ""),
        ("工事で通行を規正します。", "工事で通行を規制します。"),
        ("土曜日の学校の解放", "土曜日の学校の開放"),
        ("保険師が家庭を訪ねます。", "保健師が家庭を訪ねます。"),
        ("責任を追求します。", "責任を追及します。"),
        ("市民意外の方も参加できます。", "市民以外の方も参加できます。"),
        ("校庭を解放します。", "校庭を開放します。"),
        ("校庭を地域に解放しています。", "校庭を地域に開放しています。"),
        ("生まれて始めて雪を見ました。", "生まれて初めて雪を見ました。"),
        ("議会で条例を改訂しました。", "議会で条例を改定しました。"),
        ("参加者が一同に集まりました。", "参加者が一堂に集まりました。"),
        ("職員一堂、お待ちしています。", "職員一同、お待ちしています。"),
        ("新しい制度を施行的に行います。", "新しい制度を試行的に行います。"),
        ("市長の決済を受けました。", "市長の決裁を受けました。"),
        ("赤ちゃんの検診", "赤ちゃんの健診"),
        ("全課程を終了した方", "全課程を修了した方"),
        ("申請書を堤出してください。", "申請書を提出してください。"),
        ("ワクチンの摂種を受けます。", "ワクチンの接種を受けます。"),
        ("非難所を開きます。", "避難所を開きます。"),
        ("公民間で開きます。", "公民館で開きます。"),
        ("相談窓口を儲けました。", "相談窓口を設けました。"),
        ("市税を収める方法", "市税を納める方法"),
        ("ごみの終集", "ごみの収集"),
        ("講師に以来しました。", "講師に依頼しました。"),
        ("物価の高灯", "物価の高騰"),
        ("回覧版で確かめます。", "回覧板で確かめます。"),
        ("司会と進行は、商店街の若手が努めます。", "司会と進行は、商店街の若手が務めます。"),
        ("火の用心に務めます。", "火の用心に努めます。"),
    ),
    silent=(
        "健康保険証は使えなくなりました。保健師、保健所",
        "責任を追及します。",
        "市民以外の方",
        "意外な結果でした。",
        "人質を解放しました。",
        "理想を追求します。",
        "歩き始めてから",
        "仕事を初めて経験した方、家族が一堂に会しました。卒業式で市長が告辞を述べました。",
        "使い始めてから15年を超えた車、施工方法は4月に決めます。工事日は5月です。市の規程に基づく手当",
        "調査対象の位置、受入れ体制、広告審査会、失効部分",
        "線路と平行して走る道",
        "会長を務める方、会社に勤める方、解決に努める方、写真に収める方、市税を納める方",
        "掲示板、改訂版、版画、会長は、職員が普及に努めると話しました。",
        "2人分、3歳児、動機付け、8時台",
    ),
    find=_find,
    roles=WORDS,
)

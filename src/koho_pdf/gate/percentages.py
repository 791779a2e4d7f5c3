"""Shares of a whole that do not make 100 percent: in one sentence, over several, in a list, in parts of a figure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from fractions import Fraction

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_shares import Share, shares_in

REST = late(
    "その他|そのほか|無回答|未回答|回答なし|分からない|わからない|どちらでもない|どちらとも(?:いえ|言え)ない|未定|無効|棄権|残り|ほかは|あと(?:の|は)"
)
"""What is left when all else is told."""
_REMAINDER = late("残り|残る|あと(?:の|は)")
SEVERAL_ANSWERS = late("複数|いくつでも|すべて選|全て選|重複|[2-9二三]つ(?:まで|以内)|[2-9二三]つ選")
_EXCUSED = late(
    "増|減|上が|下が|前年|前回|昨年|上位|割引|引き|利率|年率|補助率|補助は|税率|湿度|アルコール|果汁|主な|など|それぞれ|確率|目標|から[0-9.]+(?:%|割|パー|ポイ)"
)
"""Words beside which shares are not those of one whole."""
SEVERAL = late("複数|増|減|前年|前回|昨年|上位|割引|引き|以上|以下|利率|年率|補助率|税率|湿度|アルコール|主な")
_RATES = late("(?<![比割])率(?:[はがをにも、]|を見ると)|と答えた(?:人|方)の|割合は、?(?:男性|女性)")
_TIMES = late("(?:[0-9元]年|年度|[0-9]月|[0-9]回)[^代]{0,6}$")
_BY_GROUP = late("(?:では|のうち|で)、?$")
_GOES_ON = late("続いて|次いで|次に|また|そして|さらに|最後に|一方|ほかは|残り|その他|そのほか|そのうち")
"""How a sentence begins that goes on with the shares of the one before."""
_OTHERS = late("(?:回収|回答|投票|参加|受診|利用|加入|普及|達成|進捗)率|のうち|中でも")
"""A share of something else than those beside it."""
_HUNDRED = late(
    r"(?:計|合わせて|全部で|全体で|足すと|合わせると|合計すると|合計した割合)(?:は|で|が|、|も|を|\s|:)*(?:100(?:%|パーセント)|10割)"
)
_TOGETHER = late(
    r"(?:を|、|で|と)?(?P<all>(?:2|二|3|三)つを)?(?:合わせ|あわせ|足し|合計し)(?:て|た|ると)[^0-9。、]{0,8}、?(?P<sum>[0-9]{1,2}(?:\.[0-9])?)(?:%|パーセント)"
)
_PARTS = late(
    "内訳|構成|配分|財源|歳入|歳出|成分|使い道|使いみち|(?:年代|年齢層|居住地|住まい|職業|交通手段|手段|方法|水源|男女比|電源|原料)[はが別]|負担"
)
"""What is told of by all of its parts."""
_SEX_OF = late(
    "(?:参加者|回答者|応募者|来場者|受講者|利用者|会員|職員|議員|委員|有権者|人口|男女比|内訳|構成|性別)[^0-9。、]{0,6}(?:[は、]|では)"
)
_SEXES_AFTER = late("が(?:男性?[^男女]{0,6}が女性?|女性?[^男女]{0,6}が男性?).{0,2}")
"""7割が女性で、4割が男性でした: each share stands before its label."""
_AND_MORE = late("(?:を占め|で|の)?(?:など|ほか|等)")
_PAYERS = late("市|町|村|本人|利用者|事業者|所有者|地元")
_AGES = late("[0-9]{1,2}(?:歳|代)")
_JUST_OVER = (101, 115)
"""Three shares or more that make a little over 100 tell of one whole, and one of them is wrong."""
_OF_OTHERS = late(
    "率|度|達成|普及|知って|知られ|認知|経験|受診|接種|地区|学校|男性|女性|歳|代|場合|とき|人は|点|まで|以[上下]|未満|濃|酸|残|消費|ずつ|当たり|各|[0-9]年|月|曜"
)
"""Words beside which each share is one of another whole."""
_SIDES = (
    ("(?<!不)満足|良い|よい", "不満|悪い"),
    ("賛成", "反対"),
    ("はい", "いいえ"),
    ("(?:て|で)いる", "(?:て|で)いない"),
    ("知って", "知らな"),
    ("(?:った|した|いた|んだ|える|れる)(?:人|方|こと)?", "(?:わ|ら|さ|し|か|ま|え|れ)な(?:い|かった)"),
    ("ある", "ない"),
    ("市内", "市外"), ("町内", "町外"), ("県内", "県外"), ("道内", "道外"),
    ("必要(?!な)", "不要|必要な"), ("(?<!未)加入", "未加入"), ("(?<!不)合格", "不合格"), ("出席", "欠席"),
    ("そう思う", "思わない"), ("正規", "非正規"), ("(?<!未)婚", "未婚"), ("持ち家", "借家|賃貸"),
    ("(?<!未)(?:実施|設置|接種)", "未(?:実施|設置|接種)"),
)  # fmt: skip
"""Two answers of which each leaves the other out."""
OPPOSITE = late(
    "知っている.{1,12}知らない|はい.{1,12}いいえ|賛成.{1,12}反対|(?<!不)満足.{1,12}不満(?!.*満足)|使ったことがある.{1,12}使ったことがない|(?:読んで|参加して|加入して|利用して|備えて|している)いる.{1,14}いない"
)
_ROUND = late("四捨五入|端数|概数|丸め|切り?捨て|切り?上げ")
_NOTED = 160
"""How near the note about several answers of one person stands."""
_FAR, _FAR_OVER = 26, 36
"""The most characters between two shares, in one sentence and over its end."""
_LINE = late(r"^[ 　・■●○◆*-]*[^0-9\n。]{1,20}[^\n。]{0,20}$")
_HINT = "どの割合が違うか、元の資料で確かめてください。四捨五入や複数回答なら、そう書いてください。"


_MANY = 9
"""Fewer shares than this are together never more than one last place away from 100, but by the rarest chance."""


class _Sure(Enum):
    """How a text says that its shares are the whole: they must make 100, or at the most 100."""

    WHOLE = "whole"
    MOST = "most"
    NO = "no"


def shares_of(prose: Prose) -> Iterator[Alarm]:
    """賛成62％、反対25％、その他18％ make 105; so do 民生費は34％です。総務費は19％です。… その他は52％です。"""
    found = shares_in(prose)
    if len(found) < 2:
        return
    yield from _together(prose, found)
    before: list[Share] = []
    units = [
        (begin, end, own)
        for begin, end in _units(prose)
        if (own := [each for each in found if begin <= each.begin < end])
    ]
    for number, (begin, end, own) in enumerate(units):
        if before and own[0].begin - before[-1].end > _FAR_OVER:
            before = []
        after = units[number + 1][2] if number + 1 < len(units) else []
        if after and after[0].begin - own[-1].end > _FAR_OVER:
            after = []
        alarm = _told(prose, (begin, end), before, own, after)
        if alarm:
            yield alarm
            before = []
        else:
            before = [*before, *own]


def _units(prose: Prose) -> Iterator[tuple[int, int]]:
    """The sentences of a text; the lines of a list are one with each other, and with the line before them."""
    listed: tuple[int, int] | None = None
    for begin, end in prose.sentences:
        words = prose.half[begin:end].strip()
        is_line = bool(_LINE.match(words)) and bool(re.search("%|パーセント|割", words))
        if listed and is_line:
            listed = (listed[0], end)
            continue
        if listed:
            yield listed
        listed = (begin, end) if prose.half[begin:end].endswith("\n") or is_line else None
        if not listed:
            yield begin, end
    if listed:
        yield listed


def _told(
    prose: Prose, unit: tuple[int, int], before: Sequence[Share], own: Sequence[Share], after: Sequence[Share]
) -> Alarm | None:
    """An alarm if some shares tell of a whole, by themselves or with those ``before``, and do not make it."""
    begin, end = unit
    half = prose.half
    near = half[max(0, begin - _NOTED) : end + _NOTED]
    if SEVERAL_ANSWERS.search(near) or any(b.begin - a.end > _FAR for a, b in itertools.pairwise(own)):
        return None
    claim = _HUNDRED.search(half, own[-1].end, min(len(half), max(end, own[-1].end + 40)))
    rounded = bool(_ROUND.search(prose.text))
    exact = bool(claim) and not rounded
    every = [*before, *own]
    if any(_is_whole(every[at:], exact=exact) for at in range(len(every))):
        return None
    shares = list(own)
    sure = _sure(prose, begin, end, own, claim=bool(claim))
    if sure is _Sure.NO and before:
        shares = every
        sure = _sure_over(prose, begin, before, own)
    elif after and not claim and (_is_whole([*own, *after]) or REST.search(half[end : after[-1].begin])):
        return None
    total = sum((each.value for each in shares), Fraction(0))
    if sure is _Sure.NO or (sure is _Sure.MOST and total < 100) or not 50 <= total <= 150:
        return None
    if total < 100 and _AND_MORE.match(half, shares[-1].end) and not _REMAINDER.search(shares[-1].label):
        return None
    if any(each.rough for each in shares) and abs(total - 100) <= 10:
        return None
    off, able = abs(total - 100), max(each.step for each in shares) * len(shares) / 2
    if rounded and off <= able:
        return None
    said = f"{float(total):.1f}".removesuffix(".0")
    told = f"割合を足すと{said}％で、100％になりません。"
    last = claim.end() if claim and claim.end() <= end else shares[-1].end
    return Alarm(shares[0].begin, last, told, hint=_HINT, warns=_is_whole(shares) and not claim)


def _sure(prose: Prose, begin: int, end: int, shares: Sequence[Share], *, claim: bool) -> _Sure:
    """What a sentence or a list says of its own shares."""
    lead = prose.half[begin : shares[0].begin]
    words = re.sub(
        "「[^」]*」|『[^』]*』|[0-9]+(?:歳|代)(?:以[上下]|未満)|年齢", "", prose.half[begin : shares[-1].end]
    )
    labels = [each.label for each in shares]
    if len(shares) < 2:
        return _Sure.NO
    if claim:
        return _Sure.WHOLE
    bare = [each.rstrip("約") for each in labels]
    if _EXCUSED.search(words) or sum(bool(_TIMES.search(each)) for each in bare) > 1:
        return _Sure.NO
    groups = [each for each in bare if _BY_GROUP.search(each)]
    if len(groups) > 1 or any(REST.search(each) for each in groups) or _RATES.search(lead):
        return _Sure.NO
    last = REST.search(labels[-1]) or REST.search(labels[-2])
    if (len(shares) > 2 and last) or _REMAINDER.search(labels[-1]):
        return _Sure.WHOLE
    sided = _opposed(labels, lead)
    if len(shares) == 2 and _SEXES_AFTER.fullmatch(prose.half, shares[0].end, min(len(prose.half), shares[1].end + 4)):
        return _Sure.WHOLE
    if sided is not _Sure.NO:
        return sided
    total = sum((each.value for each in shares), Fraction(0))
    if _PARTS.search(lead) and "のうち" not in lead and len(shares) > 2 and 75 <= total <= 130:
        return _Sure.WHOLE if "負担" not in lead or any(_PAYERS.search(each) for each in labels) else _Sure.MOST
    if "負担" in prose.half[begin:end] and len(shares) > 2 and total > 100:
        return _Sure.MOST
    if all(_AGES.search(each) for each in labels) and len(shares) > 2 and 85 <= total <= 115:
        open_ended = re.search("以下|未満", labels[0] + labels[1]) and "以上" in "".join(labels)
        return _Sure.WHOLE if open_ended else _Sure.NO
    if len(shares) > 2 and _JUST_OVER[0] < total <= _JUST_OVER[1] and not _OF_OTHERS.search(words):
        return _Sure.MOST
    topic = re.search("(?P<of>[一-龥])の割合は、?", lead)
    if topic and all(topic["of"] in each for each in labels) and len(shares) > 2 and 90 <= total <= 110:
        return _Sure.WHOLE
    return _Sure.NO


def _opposed(labels: Sequence[str], lead: str) -> _Sure:
    """Yes and no, for and against: together they are never more than all."""
    for one, other in _SIDES:
        yes = [at for at, each in enumerate(labels) if re.search(one, each) and not re.search(other, each)]
        no = [at for at, each in enumerate(labels) if re.search(other, each)]
        if yes and no and len(labels) < 6:
            return _Sure.MOST
    if len(labels) == 2 and {"男", "女"} == {sex for each in labels for sex in "男女" if sex in each}:
        return _Sure.WHOLE if _SEX_OF.search(lead) or re.fullmatch("男[性子]?[はが]?、?", lead) else _Sure.NO
    return _Sure.NO


def _sure_over(prose: Prose, begin: int, before: Sequence[Share], own: Sequence[Share]) -> _Sure:
    """What a sentence says of its shares and those of the sentences before it."""
    half = prose.half
    line = half.rfind("。", 0, before[0].begin) + 1
    words = half[line : own[-1].end]
    if len(before) + len(own) < 3 or _EXCUSED.search(words) or _OTHERS.search(words):
        return _Sure.NO
    last = REST.search(own[-1].label)
    starts = begin + len(half[begin:]) - len(half[begin:].lstrip())
    if last and _GOES_ON.match(half, starts):
        return _Sure.WHOLE
    single = all(a.begin - b.end > 2 and "。" in half[b.end : a.begin] for b, a in itertools.pairwise([*before, *own]))
    return _Sure.WHOLE if last and single else _Sure.NO


def _together(prose: Prose, shares: Sequence[Share]) -> Iterator[Alarm]:
    """「満足」が32％、「やや満足」が45％で、合わせて77％."""
    for found in _TOGETHER.finditer(prose.half):
        begin = prose.half.rfind("。", 0, found.start()) + 1
        before = [each for each in shares if begin <= each.begin and each.end <= found.start("sum") - 2]
        if len(before) < 2 or before[-1].end < found.start() - 4 or any(each.rough for each in before):
            continue
        said, step = Fraction(found["sum"]), max(each.step for each in before)
        sums = [sum((each.value for each in before[at:]), Fraction(0)) for at in range(len(before) - 1)]
        if all(abs(each - said) > step * len(before) / 2 for each in sums):
            words = prose.text[before[-2].begin : found.end()]
            told = f"「{words}」が、並べた割合を足した{float(sums[-1]):g}％と合いません。"
            yield Alarm(
                before[-2].begin,
                found.end(),
                told.replace("\n", ""),
                hint="どの割合が違うか、元の資料で確かめてください。",
            )


def _is_whole(shares: Sequence[Share], *, exact: bool = False) -> bool:
    """Whether some shares make 100, as far as they are rounded."""
    if len(shares) < 2:
        return False
    off = abs(sum((each.value for each in shares), Fraction(0)) - 100)
    if exact or off == 0:
        return off == 0
    step = max(each.step for each in shares)
    if len(shares) == 2:
        return off < step
    return off <= step * (1 + len(shares) // _MANY)

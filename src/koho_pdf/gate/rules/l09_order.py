"""L09: an end before its beginning, a deadline after the event or before the newsletter arrives."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_days import WEEKDAYS, SaidDay, days_in
from koho_pdf.gate.said_orders import said_orders
from koho_pdf.gate.said_times import times_in

_RANGE = late(r"\s?(?:[～〜~–—-]|から|[、]?至)\s?")
_CLOSES = late(
    "願書|しめきり|注文|返事|(?:人数|出欠|参加)を(?:知らせ|連絡)|申込|申し込|応募|締切|締め切|〆切|期限|募集|必着|予約|エントリー|期日前|参加(?:する方|したい|を希望)|希望(?:する方|者)"
)
_HELD = late(
    "開催|開き|開く|開か|行い|行う|行わ|日時|とき|当日|実施|出発|集合|本番|開会|開講|会期|配布|販売|上映|講座|教室|大会|試合|公演|見学|説明会|試験|面接|催し|式典|発表会|相談会|体験会|展示|展覧|披露|発表の場|コンサート|ツアー|検診|健診|接種|投票日"
    "|(?<![議員内供])会(?![館議員場社費長計])|展(?![望開])|祭|まつり|フェス|フェア|キャンプ|旅行|花火|マルシェ|バスは|収集|回収|搬入|使い始め|入居|日にち|引き渡し|清掃|一斉|入学式|卒業式|式典|成人式|開園|開業|運動会|発表の日|面接日|検査日"
)
_ANY_DEADLINE = late(r"[^、。\n　]{0,8}?(?:まで|必着|消印|締|〆|が?(?:提出|納付|申込)?期限|に締)|\s*$")
_ASKED = late(
    "お寄せ|寄せて|提出|届け出|届けて|出して|送って|お送り|払|納め|返し|返却|持って|お持ち|電話し|連絡|知らせて|教えて|申請|登録|受け付け|受付|投票|回答|答え|記入"
)
_WORKS = late(
    "(?:作品|原稿|写真|俳句|短歌|川柳|絵|出品|候補|申込書|願書|参加票|エントリー)[^。]{0,24}(?:送|寄せ|出し|提出|届け|持)"
)
"""What is sent in before it is shown."""
_PLEASE = late("ください|下さい|お願い|必要|こと。|受け付け|募|できます|締め切|(?<!い)ます[。）\\n]|ます$")
_TICKETS = late("券|チケット")
_TILL = late("まで(?:に|、|$)")
_BEEN = late(r"[^、。\n]{0,24}?(?:った|した|いた|れた|えた|けた|でした)(?=[一-龥、。]|$)")
"""What was till a day: 2月15日に締め切った募集."""
_SUPPOSED = late(
    "(?:日|[)）])(?:に|から)[^、。\n]{0,8}(?:受け取|届|買|借|契約|生まれ|引っ越|転入|転出|納め|出し)[^、。\n]{0,6}(?:とき|場合|なら)(?:は|には)?、?$|例えば、[^。\n]{0,20}$"
)
"""What stands before a day that is only an example: 10月1日に受け取ったときは、10月8日まで."""
_ENDED = late("(?:ました|でした)。?[　\\s]*$")
_AFTERWARDS = late(
    "(?:補助金?|助成金?|給付金?|手当)の(?:申請|申し?込み)|感想|撮った|録画|見逃し|(?:大会|当日|催し|会場|祭り|まつり)の(?:写真|様子|動画)"
)
"""What is asked for after an event."""
_NOT_HELD = late("開きません|開かない|行いません|休み|休館|中止|届く|発行")
_RESULT = late("抽選|結果|当選|発表し|通知|決定")
_TERM = late(r"第(?P<number>[0-9])(?:期|回)(?:の?(?:納期限?|分|締め?切り?))?[はが:、(　 ]*$")
_TERM_APART = 20
_PERIOD = late(r"(?:^|\n)[ ・●○■◆]*(?:利用|使用|貸出し?|貸付|契約|受講|講習|栽培)?期間[ :]+$")
"""The label of a time for which people apply before it begins."""
_SERIES = late(
    "全[0-9０-９]+回|毎[週月日]|連続講座|コース|随時|定期|毎回|各回|途中|いつでも|第[0-9０-９]+回目|まで延長|追加募集"
)
_CLAUSE, _SPACED = late("[、。\n]"), late("[、。\n　]")


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    days = days_in(prose, reading.date)
    for first, second in itertools.pairwise(days):
        between = prose.text[first.end : second.begin]
        if first.date and second.date and _RANGE.fullmatch(between) and _is_before(second, first):
            words = prose.text[first.begin : second.end]
            yield Alarm(
                first.begin,
                second.end,
                f"「{words}」は、終わりの日が始まりの日より前です。",
                hint="どちらかの日を直してください。",
            )
    yield from said_orders(prose)
    yield from _terms(prose, days)
    yield from _deadlines(prose, days, reading.delivery)


def _terms(prose: Prose, days: Sequence[SaidDay]) -> Iterator[Alarm]:
    """第1期 6月30日、第2期 8月31日、第3期 7月31日."""
    told: list[tuple[int, SaidDay]] = []
    for said in days:
        found = _TERM.search(prose.half, 0, said.begin)
        if found:
            told.append((int(found["number"]), said))
    for (one, first), (other, second) in itertools.pairwise(told):
        sooner = ((second.month - 4) % 12, second.day) < ((first.month - 4) % 12, first.day)
        near = len(prose.text[first.end : second.begin]) < _TERM_APART
        if other == one + 1 and sooner and near and not (first.has_year and second.has_year):
            told_ = f"第{other}期の「{prose.text[second.begin : second.end]}」が、第{one}期より前です。"
            yield Alarm(second.begin, second.end, told_, hint="どちらかの日を直してください。")


def _is_before(second: SaidDay, first: SaidDay) -> bool:
    assert first.date is not None and second.date is not None
    if not second.has_year and (second.month, second.day) < (first.month, first.day):
        # 12月20日～1月10日 runs over the new year; 3月20日～3月13日 does not.
        over = first.month >= 10 and second.month <= 4
        return second.month == first.month or second.bare or not over or _in_one_year(second, first)
    return second.has_year and second.date < first.date


def _in_one_year(second: SaidDay, first: SaidDay) -> bool:
    """Whether the weekdays say that both are in one year."""
    assert first.date is not None
    try:
        same, next_ = (
            first.date.replace(year=first.date.year + more, month=second.month, day=second.day) for more in (0, 1)
        )
    except ValueError:
        return False
    right = first.weekday and WEEKDAYS[first.date.weekday()] == first.weekday
    return bool(right) and WEEKDAYS[same.weekday()] == second.weekday != WEEKDAYS[next_.weekday()]


def _deadlines(prose: Prose, days: list[SaidDay], delivery: datetime.date | None) -> Iterator[Alarm]:
    if _SERIES.search(prose.text):
        return
    afterwards = _AFTERWARDS.search(prose.text)
    held: list[SaidDay] = []
    closes: list[SaidDay] = []
    due: list[SaidDay] = []
    results: list[SaidDay] = []
    ends_at = 0
    for said in days:
        begin = max((found.end() for found in _CLAUSE.finditer(prose.text, 0, said.begin)), default=0)
        if "　" in prose.text[ends_at : said.begin]:  # 締め切り　5月10日　抽選日　5月8日
            begin = max(begin, ends_at)
        ends_at = said.end
        after = (_SPACED if prose.text[said.end : said.end + 1] == "　" else _CLAUSE).search(prose.text, said.end)
        clause = prose.text[begin : after.start() if after else len(prose.text)]
        sentence = prose.sentence_at(said.begin)
        labelled = re.search("(?:締め?切り?|〆切|期限|必着)日?[はが：:　 ]*$", prose.text[: said.begin])
        ends = labelled or re.match(
            r"[^、。\n]{0,8}?(?:まで|必着|消印|締|〆|が?期限|に締|です|$)|$|\n", prose.text[said.end :]
        )
        till = None if _RANGE.match(prose.text, said.end) else _ANY_DEADLINE.match(prose.text, said.end)
        if said.date is None:
            continue
        own = _named_day(prose, days, said, sentence)
        if own and own.date and till and till[0] and _CLOSES.search(sentence):
            if said.date > own.date:
                words = prose.text[said.begin : said.end]
                told = f"締切「{words}」が、開催の日（{own.date.month}月{own.date.day}日）より後です。"
                yield Alarm(said.begin, said.end, told, hint="締切と開催の日を確かめてください。")
            continue
        applied = _CLOSES.search(clause) or (till and till[0] and _CLOSES.search(sentence))
        sent_in = till and till[0] and _WORKS.search(sentence) and _PLEASE.search(sentence)
        starts = _TICKETS.search(clause) and prose.text.startswith("から", said.end)
        sold = till and till[0] and _TICKETS.search(sentence) and "売" in sentence
        if (
            _BEEN.match(prose.text, said.end)
            or _SUPPOSED.search(prose.text, max(0, said.begin - 30), said.begin)
            or _ENDED.search(sentence)
            or (afterwards and _AFTERWARDS.search(sentence))
        ):
            continue
        if starts or sold or sent_in or (applied and ends and "納" not in clause and not _RESULT.search(clause)):
            closes.append(said)
        elif till and till[0] and _PLEASE.search(sentence) and (_ASKED.search(sentence) or _TILL.match(till[0])):
            due.append(said)
        elif _RESULT.search(clause) and not _CLOSES.search(clause):
            results.append(said)
        elif _HELD.search(clause) and not _NOT_HELD.search(clause):
            held.append(said)
    begun = [
        first for first, second in itertools.pairwise(days)
        if _PERIOD.search(prose.half, 0, first.begin) and _RANGE.fullmatch(prose.text[first.end : second.begin])
    ]  # fmt: skip
    last = max((said.date for said in (held or begun) if said.date), default=None)
    drawn = max((said.date for said in results if said.date), default=None)
    for said in (*closes, *due):
        words = prose.text[said.begin : said.end]
        if last and said.date and said.date > last and said in closes:
            told = f"締切「{words}」が、開催の日（{last.month}月{last.day}日）より後です。"
            yield Alarm(said.begin, said.end, told, hint="締切と開催の日を確かめてください。")
        elif drawn and said.date and said.date > drawn and said in closes:
            told = f"締切「{words}」が、抽選や結果の日（{drawn.month}月{drawn.day}日）より後です。"
            yield Alarm(said.begin, said.end, told, hint="締切と抽選の日を確かめてください。")
        elif delivery and said.date and delivery - datetime.timedelta(days=60) < said.date < delivery:
            told = f"締切「{words}」が、広報が届く日（{delivery.month}月{delivery.day}日）より前です。"
            yield Alarm(said.begin, said.end, told, hint="載せる号か、締切を直してください。")


_LABEL = late(r"^[ 　・●○◆■]*(?P<name>[^、。\n　：:はがをに0-9０-９]{2,12})[　：:]+(?=[^\n。]*日)", re.MULTILINE)
_NO_EVENT = late("日時|日程|期日|期間|とき|締|期限|申込|申し込|応募|受付|募集|問い?合|場所|会場|対象|提出|抽選|結果")


def _named_day(prose: Prose, days: Sequence[SaidDay], deadline: SaidDay, sentence: str) -> SaidDay | None:
    """The last day of the part that a deadline's sentence names: 舞台の部　11月14日; 舞台の部に出る団体は、…まで."""
    for found in _LABEL.finditer(prose.text):
        name = found["name"]
        if sentence.lstrip().startswith(name) and not found.start() <= deadline.begin < prose.text.find(
            "\n", found.end()
        ):
            line = prose.text.find("\n", found.end())
            own = [each for each in days if found.end() <= each.begin < (line if line >= 0 else len(prose.text))]
            if own and not _NO_EVENT.search(name):
                return own[-1]
    return None


_HEAD_CLOSES = late("締め?切り?|期限|〆切|申し?込み?(?:期間|期限|締切)?|応募(?:期間|期限)?|募集期間|受付期間")
_HEAD_HELD = late("開催|開講|日時|期日|日程|とき|実施|開く日|月日|試験|催し|本番|日にち")
_HEAD_BEGIN, _HEAD_END = (
    late("(?:開始|始まり|始め|開館|開場|開演|から|出発|自)(?:時刻|時間|日)?"),
    late("(?:終了|終わり|閉館|閉場|終演|まで|到着|至)(?:時刻|時間|日)?"),
)


def _across(_: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    """A deadline after the event, an end before its beginning, in two cells of a row."""
    for grid in reading.grids:
        heads = [cell.words.strip() for cell in grid.rows[0]]
        closes = [at for at, head in enumerate(heads) if _HEAD_CLOSES.search(head)]
        held = [at for at, head in enumerate(heads) if _HEAD_HELD.search(head) and at not in closes]
        begins = [at for at, head in enumerate(heads) if _HEAD_BEGIN.fullmatch(head)]
        ends = [at for at, head in enumerate(heads) if _HEAD_END.fullmatch(head)]
        for row in grid.rows[1:]:
            own = [at for at in held if days_in(row[at].prose, reading.date)]
            if len(closes) == 1 and len(own) == 1 and not _SERIES.search("".join(cell.words for cell in row)):
                last = [each.date for each in days_in(row[own[0]].prose, reading.date) if each.date]
                deadline = [each.date for each in days_in(row[closes[0]].prose, reading.date) if each.date]
                if last and deadline and deadline[-1] > max(last):
                    cell = row[closes[0]]
                    told = f"表の締切「{cell.words}」が、開催の日「{row[own[0]].words}」より後です。"
                    yield cell.prose, Alarm(0, len(cell.words), told, hint="締切と開催の日を確かめてください。")
            if len(begins) == 1 and len(ends) == 1:
                yield from _row_ends(row[begins[0]].prose, row[ends[0]].prose, reading)


def _row_ends(first: Prose, second: Prose, reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    one, other = times_in(first), times_in(second)
    days, till = days_in(first, reading.date), days_in(second, reading.date)
    clear = len(one) == 1 and len(other) == 1 and (other[0].half or other[0].colon) and (one[0].half or one[0].colon)
    if (clear and not days and not till and other[0].minutes < one[0].minutes and "翌" not in second.text) or (
        len(days) == 1 and len(till) == 1 and days[0].date and till[0].date and _is_before(till[0], days[0])
    ):
        told = f"表の終わり「{second.text}」が、始まり「{first.text}」より前です。"
        yield second, Alarm(0, len(second.text), told, hint="どちらかを直してください。")


RULE = Rule(
    "L09",
    "l09-order",
    Severity.WARNING,
    "順序が逆の日付・時刻",
    "終わりが始まりより前だったり、催しの後に締め切ったりすると、誰も申し込めません。",
    wrong=(
        ("3月20日（土）～13日（土）に展示します。", ""),
        ("午後4時から1時30分まで", ""),
        ("開催は3月13日（土）です。申込みは3月20日（土）までです。", ""),
        ("14:00～10:00", ""),
        ("期間は、10月20日～6日です。", ""),
        ("10月31日（日）～4月4日（日）", ""),
        ("開場は午後2時30分、開演は午後2時です。", ""),
        ("令和9年度～令和8年度の計画", ""),
        ("抽選は4月3日に行います。応募は4月10日までです。", ""),
        ("茶会　11月20日\n舞台の部　11月14日\n舞台の部に出る団体は、11月19日までに申込書を出してください。", ""),
        ("作品は4月26日までにお送りください。展示は4月20日から25日までです。", ""),
        ("締め切り　5月10日　抽選日　5月8日", ""),
        ("投票時間　午後8時から午前7時まで", ""),
        ("午後1時30分から正午まで、窓口を開けます。", ""),
        ("3月7日の講演会に参加したい方は、3月12日までに電話で申し込んでください。", ""),
        ("粗大ごみの予約は、4月26日の収集分を4月28日まで受け付けます。", ""),
        ("期間　5月1日～9月30日\n申し込み　5月7日までに農政課へ", ""),
        ("第1期　6月30日、第2期　8月31日、第3期　7月31日", ""),
        ("閉館　午前10時　開館　午後6時", ""),
        ("応募は4月10日まで、発表会は4月3日に開催します。", ""),
    ),
    silent=(
        "茶会　11月20日\n舞台の部　11月14日\n茶会に出る方は、11月19日までに申し込んでください。",
        "12月20日（月）～1月10日（月）",
        "10月20日～26日、10月20日から3日間",
        "午後1時30分から4時まで",
        "午前10時～午後3時",
        "午後10時～翌午前5時",
        "申込みは3月13日までに。3月20日に開催します。",
        "全3回の講座です。3月6日に開き、申込みは3月13日まで受け付けます。",
        "午前9時30分から正午まで",
        "11月2日（火）が税を納める期限です。10月25日（月）に窓口を開きます。",
        "夜間の当番　午後7時～午前7時",
        "3月7日に講演会を開きます。参加した方は、3月20日までに感想をお寄せください。",
        "第3期　10月31日、第4期　1月31日",
        "開場は午後1時30分、開演は午後2時です。令和9年度～令和10年度",
    ),
    find=_find,
    across=_across,
    date=datetime.date(2027, 3, 1),
)

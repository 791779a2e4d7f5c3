"""L13: sums and rates that do not agree with their parts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.findings import Severity
from koho_pdf.gate.calculations import calculations_of
from koho_pdf.gate.gaps_said import changes_of_counts, gaps_of
from koho_pdf.gate.level_changes import changes_of
from koho_pdf.gate.listed_totals import itemised_of, listed_totals_of
from koho_pdf.gate.named_amounts import named_amounts, named_in_tables
from koho_pdf.gate.parts import amiss, parts_of
from koho_pdf.gate.patterns import late
from koho_pdf.gate.price_cuts import price_cuts_of
from koho_pdf.gate.products import products_of
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rates import rates_of
from koho_pdf.gate.ratios import ratios_of
from koho_pdf.gate.reckoning import N, wrong
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_figures import Figure, figures_in, plain_number, without_days
from koho_pdf.gate.spans_of_time import spans_of
from koho_pdf.gate.table_relations import relations_of
from koho_pdf.gate.table_sums import sums_of
from koho_pdf.gate.totals_after import totals_after, totals_below
from koho_pdf.gate.unit_chains import chains_of
from koho_pdf.gate.unit_totals import unit_totals_of
from koho_pdf.gate.years_passed import anniversaries_of_tables, years_passed

_TOTAL = late(
    r"(?:合計|総計|総数|総額|総人口|総事業費|総工費|事業費全体|合わせて|あわせて|[2-9]日間で|両日で|[1一]日で|[2-9]か月間?で|両方で|(?<!計画)(?<!事業)(?<!市)全体で|年間で|全部で|全員で|全長|総延長|総距離|総面積|総量|延べ|(?<!会)計)(?:で|は|が|、|:|：|】|\]|\s)*(?=[0-9])"
)
_ROUND = late("四捨五入|端数|概数|丸め|切り?捨て|切り?上げ")
_TIMES = late(
    "(?<![0-9])1(?:回|人|名|枚|個|本|冊|台|日|か月|袋|箱|組|世帯|件|区画|家族)(?:に|当|あ|[0-9])|各|ずつ|[×倍]|月額|年額|日額|単価|目から|以降"
)
"""Words by which one of the figures counts several times."""
_PRICED = late(
    rf"(?P<price>{N})円(?:の)?[^0-9、。円]{{0,8}}?(?:を|が)?(?P<times>[0-9]{{1,3}})(?:枚|個|本|冊|袋|箱|人|台|束|株|杯|組|口)"
)
"""So much each, and how many of them."""
_WITH = late("[一-龥ァ-ヶー]{2,}(?:など|ら)?(?:を|も)(?:合わせて|あわせて)(?:で|は|が|、|\\s)*$")
"""スタッフを合わせて: with more than the parts."""
_NOT_PARTS = late("うち|のうち|前年|昨年|前回|比べ|から.{0,12}(?:増|減)|1人当たり|あたり|につき")


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    yield from years_passed(prose, reading.date)
    figures = figures_in(prose)
    if len(figures) < 2:
        return
    rounded = bool(_ROUND.search(prose.text))
    told: list[tuple[int, int]] = []
    for alarm in _all(prose, figures, rounded=rounded):
        if not any(begin < alarm.end and alarm.begin < end for begin, end in told):
            told.append((alarm.begin, alarm.end))
            yield alarm


def _all(prose: Prose, figures: list[Figure], *, rounded: bool) -> Iterator[Alarm]:
    for begin, end in prose.sentences:
        here = [each for each in figures if begin <= each.begin < end]
        if len(here) > 1:
            yield from _totals(prose, here, begin, end, rounded=rounded)
    yield from parts_of(prose, figures, rounded=rounded)
    yield from calculations_of(prose, figures)
    yield from itemised_of(prose, figures, rounded=rounded)
    yield from rates_of(prose, figures)
    yield from changes_of(prose, figures)
    yield from listed_totals_of(prose, figures, rounded=rounded)
    yield from chains_of(prose, figures)
    yield from unit_totals_of(prose)
    yield from ratios_of(prose, figures)
    yield from products_of(prose, figures)
    yield from spans_of(prose)
    yield from price_cuts_of(prose, figures)
    yield from totals_after(prose, figures)
    yield from gaps_of(prose, figures)
    yield from named_amounts(prose, figures)
    yield from changes_of_counts(prose)


def _across(proses: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    yield from named_in_tables(proses, reading.grids)
    yield from totals_below(proses, reading.grids)
    yield from anniversaries_of_tables(proses, reading.grids, reading.date)
    for grid in reading.grids:
        related = list(relations_of(grid))
        yield from related
        known = {id(prose) for prose, _ in related}
        rated = any("%" in prose.text or "％" in prose.text for prose, _ in related)
        for prose, alarm in sums_of(grid):
            if id(prose) not in known and not (rated and alarm.told.startswith("割合")):
                yield prose, alarm


def _totals(prose: Prose, figures: list[Figure], begin: int, end: int, *, rounded: bool) -> Iterator[Alarm]:
    """大人30人、子ども25人、合計55人."""
    text = without_days(prose)
    for found in _TOTAL.finditer(text, begin, end):
        total = next((each for each in figures if each.begin == found.end()), None)
        before = [each for each in figures if total and each.end <= found.start() and each.unit == total.unit]
        if total is None or len(before) < 2 or not total.unit or total.rough or any(each.rough for each in before):
            continue
        between = prose.half[before[0].begin : found.start()]
        if (
            _NOT_PARTS.search(between)
            or _TIMES.search(between)
            or _WITH.search(prose.text[: found.end()])
            or total.unit in ("%", "％", "日", "回")
        ):
            continue
        priced = list(_PRICED.finditer(text, before[0].begin, found.start()))
        if len(priced) == len(before):  # 50円切手3枚と80円切手2枚で、合計310円
            right = sum((plain_number(each["price"]) * int(each["times"]) for each in priced), Decimal(0))
            if right != total.value:
                yield wrong(prose, before[0].begin, total.end, f"{right:,}円")
            continue
        sums = [sum(each.value for each in before[at:]) for at in range(len(before) - 1)]
        if total.value in sums or total.value == sum(each.value for each in before):
            continue
        if rounded and min(abs(total.value - each) for each in sums) <= len(before):
            continue
        yield amiss(prose, total, Decimal(sums[0]), before)


RULE = Rule(
    "L13",
    "l13-sums",
    Severity.ERROR,
    "合計・割合が合わない",
    "数字の足し算は、読者が必ず確かめます。",
    wrong=(
        ("男8,690+女9,514=18,240", ""),
        ("人口は18,240人（男8,690人、女9,514人）です。", ""),
        ("大人30人、子ども25人、合計50人が参加しました。", ""),
        ("回答した120人のうち30人（20％）が賛成でした。", ""),
        ("1,200人から1,500人に20％増えました。", ""),
        ("前年の150件から12件増の160件でした。", ""),
        ("火災は24件ありました。内訳は建物15件、林野3件、その他5件です。", ""),
        ("500人が答えました。「満足」は310人で、全体の68％でした。", ""),
        ("1,250人が答えました。そのうち「満足」は500人（45％）でした。", ""),
        ("令和6年の24件から9件減り、令和7年は16件でした。", ""),
        ("古着は1,800キログラムで、前の回の1,500キログラムに比べて25％増えました。", ""),
        ("大人1人500円、子供1人200円です。大人2人と子供3人では、合わせて1,500円です。", ""),
        ("定員60人（午前の部30人、午後の部20人）", ""),
        ("大人300円×3人で1,000円です。", ""),
        ("1億2,000万円のうち、国の補助が6,000万円、市債が4,000万円、残りの3,000万円は市が払います。", ""),
        ("500円×2＋300円＝1,400円", ""),
        ("合格率80％（受験50人、合格35人）", ""),
        ("人口18,204人のうち、男は8,690人、女は9,541人です。", ""),
        ("収入120万円、支出98万円、差し引き32万円", ""),
        ("大人800円、子ども400円です。大人1人と子ども2人で1,800円です。", ""),
        ("1,200円の品が2割引きで980円です。", ""),
        ("午前10時から午後3時までの4時間です。", ""),
        ("20人が5組で120人です。", ""),
        ("出生7人、死亡24人で、自然増減は－16人です。", ""),
        ("前の年より15件少ない80件（前の年は90件）でした。", ""),
        ("人口は18,204人で、前の月の18,216人から10人減りました。", ""),
        ("全体の3分の1に当たる40人（全体は150人）", ""),
        ("500万円で、国が250万円、市が200万円を負担します。", ""),
        ("賛成が62％、反対が25％、その他が18％でした。", ""),
        ("民生費が34％です。続いて総務費が19％、土木費が14％です。その他は30％です。", ""),
        ("国が50％、県が25％を負担し、残りの35％を市が負担します。", ""),
        ("賛成が6割、反対が3割、残りの2割は分からないという答えでした。", ""),
        ("応募は250件でした。市内から180件、市外から80件が届きました。", ""),
        ("予算は3,000万円です。国が1,500万円、県が750万円を出します。市の負担は650万円です。", ""),
        ("土曜日が1,200人、日曜日が1,500人で、2日間で2,800人でした。", ""),
        ("500世帯に配り、320世帯から回答がありました（回収率62％）。", ""),
        ("定員30人に対し45人の申込みがあり、倍率は1.2倍でした。", ""),
        ("令和6年度の相談は4,250件でした。令和7年度は4,590件で、前年度より440件増えました。", ""),
        ("生まれた子どもは、令和6年が180人、令和7年が171人です。前年比は105.0％でした。", ""),
        ("市民1,200人に尋ね、バスを毎週使う人は378人（36.5％）でした。", ""),
        ("参加者は24人、31人、28人でした。延べ93人の皆さん、ありがとうございました。", ""),
        ("男子二百十人、女子二百三十五人、合わせて四百五十五人が走りました。", ""),
        ("財源は、国が2分の1、県が4分の1、市が3分の1を負担します。", ""),
        ("・賛成　62％\n・反対　25％\n・無回答　18％", ""),
        ("古い管の割合は、昭和が38％、平成が47％、令和が16％です。合計は100％になります。", ""),
        ("「満足」が32％、「やや満足」が45％で、合わせて87％でした。", ""),
        ("総額は216億円です。内訳は次のとおりです。\n・民生費　82億円\n・総務費　32億円\n・その他　92億円", ""),
        ("交通事故は18件で、前年同期（22件）に比べ5件減りました。", ""),
        ("1,800円の会費を25人から集め、4万3,000円になりました。", ""),
        ("10人ずつ6班に分かれ、50人で作業しました。", ""),
        ("寄附は45件、総額135万円で、1件の平均は2万円です。", ""),
        ("縦20メートル、横30メートルで、広さは500平方メートルあります。", ""),
        ("縦20メートル、横30メートルの500平方メートルの畑を貸します。", ""),
        ("灯籠は、小学生が412基、事業所が238基、町民の会が174基の合計834基です。", ""),
        ("教室は、春が12回、夏が15回、秋が9回の合計38回です。", ""),
        ("208人から104人増え、2.5倍になりました。", ""),
        ("50円切手3枚と80円切手2枚で、合計320円です。", ""),
        ("基本料金1,500円に使用料2,300円を加えた3,900円です。", ""),
        ("税抜き1,000円、消費税10％で1,200円です。", ""),
        ("転入80人、転出95人、出生12人、死亡30人で、人口は23人減りました。", ""),
        ("18,500部を作りました。町内会に17,200部、公共施設に1,200部を配ります。残りの200部は保管します。", ""),
        ("人口 38,047人（前月比－23人）　男 18,412人（－10人）　女 19,635人（－15人）", ""),
        ("通常の料金は2,000円です。会員は3割引きの1,600円で入れます。", ""),
        ("続けて借りると、料金が1割引きです。1区画なら、5,000円が4,000円になります。", ""),
        ("工事に3億円をかけます。国が半分、県が1億円を負担し、市の負担は7,000万円です。", ""),
        ("代金6,000円のうち市が3分の2を持ち、本人の負担は3,000円です。", ""),
        ("飲み水は、1人1日3リットルが目安です。5人家族が3日間を過ごすには、50リットルが要ります。", ""),
        ("1時間300円、1日4時間、5日使うと6,500円です。", ""),
        ("食べ物の店が16店、手作り品の店が9店、農産物の店が5店並びます。全32店の出店です。", ""),
        ("団員は女性22人、男性15人の39人です。", ""),
        ("第1分団　32人\n第2分団　28人\n女性分団　11人\n全体で73人でした。", ""),
        ("小学生は57,000円、中学生は63,000円で、差は7,000円です。", ""),
        ("料金　900円（前売りは700円で300円安い）", ""),
        ("利用は、7年で180件から60件へと4分の1になりました。", ""),
        ("受診率は43.0％でした。目標の60.0％まで、あと27.0ポイントです。", ""),
        ("任期は令和8年12月10日から令和12年12月9日までの5年間です。", ""),
        ("組合は昭和26年に生まれ、令和8年に80周年を祝いました。", ""),
        ("昭和31年12月に生まれ、この12月で60歳になります。", ""),
        ("徒歩が55％、自転車が30％、バスが25％でした。", ""),
        ("参加者の7割が女性で、4割が男性でした。", ""),
        ("定員40人（一般25人、学生20人）", ""),
        ("工事は4月1日から6月30日までの2か月間です。", ""),
        ("応募64人の中から抽選で40人を選び、34人が落選しました。", ""),
        ("バスは3台、1台45人乗りで、全部で125人が乗れます。", ""),
        ("市制施行は昭和30年で、令和7年に60周年を迎えました。", ""),
        ("貸し出しの期間は2週間です。4月10日に借りた本は、4月27日までに返してください。", ""),
    ),
    silent=(
        "通常の料金は2,000円です。会員は3割引きの1,400円で入れます。",
        "大人2,000円、子ども1,000円です。団体は1割引きで、大人1,800円、子ども900円です。",
        "続けて借りると、料金が1割引きです。1区画なら、5,000円が4,500円になります。",
        "値段は1キログラムで380円、3キログラムの袋なら1,000円です。",
        "外国籍の方は、5年の間に208人から104人増え、ちょうど1.5倍になりました。",
        "教室は、毎月1回、年2回、合計14回です。縦50センチ、横40センチの0.2平方メートルの板",
        "工事に3億円をかけます。国が半分、県が1億円を負担し、市の負担は5,000万円です。",
        "飲み水は、1人1日3リットルが目安です。5人家族が3日間を過ごすには、45リットルが要ります。",
        "1回500円、10回の回数券は4,500円です。",
        "食べ物の店が16店、手作り品の店が9店並びます。前の年は全32店でした。",
        "団員は女性22人、男性15人の37人です。",
        "第1分団　32人\n第2分団　28人\n女性分団　11人\n全体で71人でした。",
        "受診率は43.0％でした。目標の60.0％まで、あと17.0ポイントです。",
        "任期は令和8年12月10日から令和12年12月9日までの4年間です。",
        "昭和42年の生まれです。20歳で船に乗り、今年で40年です。",
        "人口は18,204人（男8,690人、女9,514人）です。",
        "男33.3％、女66.6％、合計100％（四捨五入のため合計が合わない）",
        "16歳以上20人、定員は合計で延べ300人",
        "火災は24件ありました。内訳は建物15件、林野3件、その他6件です。",
        "500人が答えました。「満足」は340人で、全体の68％でした。",
        "回答した120人のうち30人（25％）が賛成でした。",
        "3月1日、5日、計2日間",
        "約30人と約20人、合計で約60人",
        "1,200人から1,500人に25％増えました。",
        "職員120人（保育士30人、看護師10人）",
        "徒歩が55％、自転車が30％、バスが15.5％でした。",
        "受診率は、胃がんが12％、肺がんが34％、大腸がんが58％です。",
        "工事は4月1日から6月30日までの3か月間です。",
        "参加費500円（中学生400円、小学生300円）",
        "1枚300円、4枚で1,000円です。",
        "初回が500円、2回目からが1回4,980円のとき、4回の総額は15,440円です。",
        "地区の人数は、港6,190人、東12,014人です。外国人は212人で、全体の1.2％です。",
        "500円×2＋300円＝1,300円",
        "合格率70％（受験50人、合格35人）",
        "大人800円、子ども400円です。大人1人と子ども2人で1,600円です。",
        "午後1時～4時（3時間）",
        "1,200円の品が2割引きで960円です。",
        "午前10時から午後3時まで（休憩を除く4時間）",
        "午後1時30分から3時までの1時間30分",
        "前の年より15件少ない80件（前の年は95件）でした。",
        "人口は18,204人で、前の月の18,216人から12人減りました。",
        "全体の3分の1に当たる50人（全体は150人）",
        "令和6年の24件から9件減り、令和7年は15件でした。",
        "小学生10人、保護者5人、スタッフを合わせて18人",
        "民生費が34％です。続いて総務費が19％、土木費が14％です。教育費は12％、公債費は11％、その他は10％です。",
        "30代が40％、40代が30％、その他の年代が10％でした。残りの20％は60歳を超えた方です。",
        "応募は250件でした。市内から180件、市外から70件が届きました。",
        "来場者は250人でした。男性は100人、女性は120人で、子どもは30人です。",
        "予算は3,000万円です。国が1,500万円、県が750万円を出します。市の負担は750万円です。",
        "国が40％、県が30％、残りの30％を市が負担します。",
        "複数の回答で尋ねました。県内が62.3％、隣の県が41.8％、そのほかが18.5％です。",
        "回収率は62％でした。賛成が50％、反対が30％、その他は20％です。",
        "500世帯に配り、320世帯から回答がありました（回収率64％）。",
        "令和元年度の相談は4,250件でした。令和7年度は4,590件で、前年度より90件増えました。",
        "市民1,200人に尋ね、バスを毎週使う人は378人（31.5％）でした。",
        "予算の総額は216億円です。主な内訳は、民生費82億円と総務費31億円です。",
        "費用は、国が2分の1、県が4分の1、市が4分の1を負担します。",
        "使う交通手段は、自家用車72％、バス31％、自転車24％でした（複数回答）。",
        "普及率は、東地区が88％、西地区が92％、その他の地区が79％です。",
        "知っている人は、男性が54％、女性が66％でした。",
        "参加費は1人500円、親子2人で800円です。午前は12人、午後は15人が受診しました。全部で30人が予約していました。",
        "募集人員は、事務3人、技術2人、保健師1人の合計6人です。",
        "内訳は、紙が40％、プラスチックが30％、生ごみが20％などです。",
        "50円切手3枚と80円切手2枚で、合計310円です。45人が3台に分乗し、1台に15人ずつ乗りました。",
        "1台に5人乗れるバスを12台用意し、定員は50人です。",
        "18,500部を作りました。町内会に17,200部、公共施設に1,200部を配ります。残りの100部は保管します。",
        "人口 38,047人（前月比－25人）　男 18,412人（－10人）　女 19,635人（－15人）",
        "大人1人500円、子供1人200円です。大人2人と子供3人では、合わせて1,600円です。",
    ),
    find=_find,
    across=_across,
    date=datetime.date(2027, 3, 1),
)

"""Colour: only the inks of the job, in colour spaces for inks (ISO 15930-7, 6.2; GWG 2022 R0020 to R0030)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Finding, error, warning
from koho_pdf.preflight.pdf.facts import ALL, PROCESS, Facts, Mark, Page, Picture, Shading, Spot
from koho_pdf.press.profile import Press

_INK_SPACES = {"DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "Pattern", "Mask"}
_SUFFIX = re.compile(r"^(.*\d)\s*(?:s|p|c|u|m|cv|cvc|cvu|ec|up)?\*?$", re.IGNORECASE)
_NAMED = 6  # the most spot inks that are told by name
_NAMES = {"Cyan": "シアン", "Magenta": "マゼンタ", "Yellow": "イエロー", "Black": "スミ"}


def process_only(facts: Facts, press: Press) -> Iterator[Finding]:
    """No RGB, Lab, calibrated or ICC colour in marks or pictures (R0027); in X-1a not as the alternate of a spot ink
    either.
    """
    for page in facts.pages:
        for mark in page.marks:
            for what in _foreign(mark):
                yield error(
                    "colour-not-process",
                    f"印刷のインキでない色があります（{what}）。",
                    page.where(mark.box),
                    "レイアウトの色を C/M/Y/K で書き、写真と図版を確かめてください。",
                    "印刷所の機械が勝手な式でインキに直し、色が変わります。",
                )
        for spot in page.spots:
            if press.standard == "PDF/X-1a:2003" and spot.alternate not in ("DeviceCMYK", "DeviceGray"):
                yield error(
                    "colour-not-process",
                    f"印刷のインキでない色があります（特色「{spot.name}」の代わりの色が {spot.alternate}）。",
                    page.where(),
                    "特色の代わりの色を CMYK で決めてください。",
                    "PDF/X-1a では、特色を4色で見せるときの色も CMYK でなければなりません。",
                )


def _foreign(mark: Mark) -> Iterator[str]:
    if isinstance(mark, Picture):
        if mark.space not in _INK_SPACES:
            yield f"写真の{mark.space or '色がわかりません'}"
        elif mark.components and mark.wanted and mark.components != mark.wanted:
            yield "写真の中身"  # the file says inks, but its JPEG has other components
    if isinstance(mark, Shading) and mark.space not in _INK_SPACES:
        yield f"グラデーションの{mark.space}"
    for colour in mark.paint.colours:
        if colour.space not in _INK_SPACES:
            yield {"DeviceRGB": "RGB"}.get(colour.space, colour.space)


def gradients(facts: Facts, press: Press) -> Iterator[Finding]:
    """A gradient's functions must give as many numbers as its colour space has components (ISO 32000-1, 8.7.4.5)."""
    for page in facts.pages:
        for mark in page.marks:
            if isinstance(mark, Shading) and mark.wanted and mark.given != mark.wanted:
                yield error(
                    "gradient-broken",
                    f"グラデーションの色の数が合いません（{mark.wanted} に対して {mark.given}）。",
                    page.where(mark.box),
                    "グラデーションの色を、インキの色で書き直してください。",
                    "このグラデーションは刷られず、白く抜けます。",
                )


def inks(facts: Facts, press: Press) -> Iterator[Finding]:
    """Only the job's plates may be used: process inks by their tints, spot inks by their names (R0020 to R0023)."""
    plates = press.inks.plates
    for page in facts.pages:
        for mark in page.marks:
            laid = [mark.plates] if isinstance(mark, Shading) else [colour.plates for colour in mark.paint.colours]
            for tints in laid:
                strange = [name for name, tint in tints if tint > 0 and name in PROCESS and name not in plates]
                if strange:
                    yield error(
                        "ink-not-in-job",
                        f"この仕事にないインキで塗られています（{'、'.join(_NAMES[name] for name in strange)}）。",
                        page.where(mark.box),
                        "入稿条件のインキだけで色を決めてください。",
                        "その版は作られず、その部分が消えるか、版が増えて費用がかかります。",
                    )
        yield from _spots(page, press)


def dots(facts: Facts, press: Press) -> Iterator[Finding]:
    """No tint may be too small a dot for the press (``least_dot``)."""
    for page in facts.pages if press.least_dot else ():
        for mark in page.printed:
            if isinstance(mark, Picture | Shading):
                continue
            least = min((tint for colour in mark.paint.colours for _, tint in colour.plates if tint > 0), default=1.0)
            if least * 100 < press.least_dot - 0.01:
                yield warning(
                    "dot-too-small",
                    f"網点が小さすぎます（{least * 100:.1f} %、{press.least_dot:g} % から）。",
                    page.where(mark.box),
                    f"そのインキを 0 % にするか、{press.least_dot:g} % 以上にしてください。",
                    "小さな網点は、刷るたびに出たり消えたりして、むらになります。",
                )


def _spots(page: Page, press: Press) -> Iterator[Finding]:
    ours = [name for name in press.inks.plates if name not in PROCESS]
    looks = {spot.look for spot in page.spots if spot.name in ours and spot.look}
    for name in sorted({spot.name for spot in page.spots if not spot.name.isascii()}):
        yield warning(
            "spot-name-not-ascii",
            f"特色の名前「{name}」に、半角英数字でない文字があります。",
            page.where(),
            "「DIC 156s」のように、半角英数字の名前にしてください。",
            "製版の機械によっては名前が文字化けし、別の特色として扱われたり、版が作られなかったりします。",
        )
    strange: list[str] = []
    for spot in {spot.name: spot for spot in page.spots if spot.name not in ours}.values():
        if found := _one_of_ours(page, spot, ours, looks):
            yield found
        else:
            strange.append(spot.name)
    if strange:
        named = "".join(f"「{name}」" for name in strange[:_NAMED])
        yield error(
            "spot-not-in-job",
            f"特色{named}{f'など{len(strange)}色' if len(strange) > _NAMED else ''}が使われています。",
            page.where(),
            "入稿条件のインキの色に置き換えるか、入稿条件にこの特色を書いてください。",
            "特色は1色ごとに版とインキの費用がかかり、4色の仕事では受け付けられません。",
        )


def _one_of_ours(page: Page, spot: Spot, ours: list[str], looks: set[tuple[float, ...]]) -> Finding | None:
    """The mistake in a name that means the job's spot ink; None for another ink."""
    one = "1つの特色は1つの名前にそろえてください。"
    two = "名前が違うと別の版になり、1色のはずが2色分の版と費用になります。"
    if any(spot.name.casefold().replace(" ", "") == name.casefold().replace(" ", "") for name in ours):
        message = f"特色「{spot.name}」は「{ours[0]}」と大文字・小文字や空きだけが違います。"
        return error("spot-case", message, page.where(), one, two)
    if any(_stem(spot.name) == _stem(name) for name in ours):
        message = f"特色「{spot.name}」は「{ours[0]}」と末尾の記号だけが違います。"
        return warning("spot-suffix", message, page.where(), one, two)
    if spot.look in looks:
        message = f"特色「{spot.name}」は「{ours[0]}」と同じ色です。"
        return error("spot-identical", message, page.where(), one, two)
    return None


def _stem(name: str) -> str:
    found = _SUFFIX.match(name)
    return (found.group(1) if found else name).casefold().replace(" ", "")


def registration(facts: Facts, press: Press) -> Iterator[Finding]:
    """The registration colour is only for トンボ (R0024); and a solid of four inks is told too."""
    for page in facts.pages:
        for mark in page.printed:
            for colour in mark.paint.colours:
                if any(name == ALL and tint > 0 for name, tint in colour.plates):
                    yield error(
                        "registration-colour",
                        "トンボ用の色（レジストレーション）が紙面で使われています。",
                        page.where(mark.box),
                        "黒は K100、濃い面はリッチブラックにしてください。",
                        "全部の版に 100 % で入り、インキが乾かず裏写りします。",
                    )
                elif all(colour.tint(name) >= 0.95 for name in PROCESS):
                    yield error(
                        "four-colour-solid",
                        "4色とも 100 % に近いベタです。",
                        page.where(mark.box),
                        f"濃い黒は {_notation(press)} ほどにしてください。",
                        "インキが乾かず、裏写りや紙どうしのくっつきが起きます。",
                    )


def _notation(press: Press) -> str:
    return "/".join(f"{ink:g}" for ink in press.rich_black.inks)


def transparency(facts: Facts, press: Press) -> Iterator[Finding]:
    """No transparency in X-1a (ISO 15930-4, 6.13); elsewhere groups must blend in process colours (R0030)."""
    words = {"opacity": "不透明度", "soft-mask": "マスク", "blend-mode": "描画モード", "group": "グループ"}
    for page in facts.pages:
        if press.standard == "PDF/X-1a:2003":
            if page.transparency:
                yield error(
                    "transparency",
                    f"透明が使われています（{'、'.join(words[each] for each in page.transparency)}）。",
                    page.where(),
                    "透明を使わない色と絵にするか、PDF/X-4 で入稿してください。",
                    "PDF/X-1a に透明はなく、印刷所の機械が止まるか、違って見えます。",
                )
            continue
        for group in page.groups:
            if group.space not in ("", "DeviceCMYK") and not (group.luminosity and group.space == "DeviceGray"):
                yield error(
                    "group-colour-space",
                    f"透明を合成する色が CMYK ではありません（{group.space}）。",
                    page.where(),
                    "透明のブレンドカラースペースを CMYK にして書き出してください。",
                    "重なりが画面の色で計算され、K100 の文字まで4色になります。",
                )

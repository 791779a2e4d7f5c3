"""The file as a whole: ISO 15930-7 (PDF/X-4) and ISO 15930-4 (PDF/X-1a:2003), and good sense."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Finding, Severity, Where, error, warning
from koho_pdf.geometry import Rect
from koho_pdf.preflight.pdf.facts import Facts, Page, overlap
from koho_pdf.press.profile import Press

_HIGHEST = {"PDF/X-4": "1.6", "PDF/X-1a:2003": "1.4"}
_X1A_FILTERS = {"", "ASCII85Decode", "ASCIIHexDecode", "CCITTFaxDecode", "DCTDecode", "FlateDecode", "RunLengthDecode"}
_NEEDED = {
    "PDF/X-4": ("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"),
    "PDF/X-1a:2003": ("Title", "CreationDate", "ModDate"),
}
_PAIRS = (("Title", "dc:title"), ("Producer", "pdf:Producer"), ("Trapped", "pdf:Trapped"))
_DATES = (("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate"))
_MARKS_OF_THE_TRADE = ("TrapNet", "PrinterMark")
_REWRITE = "作ったソフトから、入稿条件のPDFの規格を選んで書き出し直してください。"


def structure(facts: Facts, press: Press) -> Iterator[Finding]:
    """The file must be complete, not locked, and of a version that the standard knows (ISO 15930-7, 6.1 to 6.4)."""
    if facts.damage:
        yield error(
            "pdf-damaged",
            "壊れた所を直しながら読みました。",
            hint="書き出し直すか、送り直してもらってください。",
            why="直し方は機械ごとに違い、印刷所では別のものが出るか、開けません。",
        )
    if facts.encrypted:
        yield error(
            "pdf-encrypted",
            "セキュリティ（暗号化）が付いています。",
            hint="セキュリティを付けずに書き出し直してください。",
            why="暗号化されたPDFは、印刷所では面付けも色の確認もできません。",
        )
    highest = _HIGHEST.get(press.standard)
    if highest and _version(facts.version) > _version(highest):
        yield error(
            "pdf-version",
            f"PDF {facts.version} です（{press.standard} は {highest} まで）。",
            hint=_REWRITE,
            why="新しい版の機能は、印刷所の機械が読めないことがあります。",
        )
    if press.standard != "plain" and (len(facts.identifiers) != 2 or not all(facts.identifiers)):
        yield error(
            "file-id-missing",
            "ファイルの識別番号（ID）がありません。",
            hint=_REWRITE,
            why=f"{press.standard} の決まりです。どの版のデータかを印刷所が取り違えません。",
        )


def contents(facts: Facts, press: Press) -> Iterator[Finding]:
    """No content that paper cannot show or a print file may not hold (ISO 15930-7, 6.5 to 6.21)."""
    scripts = [page.where() for page in facts.pages if "action" in page.forbidden]
    for where in [Where()] * bool({"javascript", "action"} & set(facts.extras)) + scripts:
        yield error(
            "pdf-script",
            "動作（JavaScript やアクション）が付いています。",
            where,
            hint="動作を除いて書き出し直してください。",
            why="紙の上では何も起きず、開くたびに中身が変わるおそれのあるデータは受け付けられません。",
        )
    if "form" in facts.extras:
        yield error(
            "pdf-form",
            "入力欄（フォーム）が付いています。",
            hint="入力欄をなくして（統合して）書き出し直してください。",
            why="入力欄の文字や枠は、機械によって出たり出なかったりします。",
        )
    if "attachment" in facts.extras:
        severity = Severity.ERROR if press.standard == "PDF/X-1a:2003" else Severity.WARNING
        yield Finding(
            severity,
            "pdf-attachment",
            "別のファイルが添付されています。",
            hint="添付を外して書き出し直してください。",
            why="添付は印刷されません。見てほしいものなら、別に送る必要があります。",
        )
    if "layers" in facts.extras and press.standard == "PDF/X-1a:2003":
        yield error(
            "pdf-layers",
            "表示を切り替えるレイヤーがあります。",
            hint="レイヤーを統合して書き出し直してください。",
            why="PDF/X-1a にレイヤーはなく、隠したものが刷られることがあります。",
        )
    for page in facts.pages:
        yield from _of_page(page, press)


def _of_page(page: Page, press: Press) -> Iterator[Finding]:
    if page.faults:
        yield error(
            "content-broken",
            f"描く命令の中に読めないものがあります（{'、'.join(page.faults[:3])}）。",
            page.where(),
            "書き出し直してください。",
            "読めない命令を飛ばすか止まるかは機械ごとに違い、絵や文字が欠けます。",
        )
    if {"transfer-function", "halftone-phase"} & set(page.forbidden):
        yield error(
            "transfer-function",
            "階調や網点を変える指定が入っています。",
            page.where(),
            "作ったソフトで「トランスファー関数」「網点の設定」を保持しないで書き出してください。",
            "印刷所の機械の調整に上乗せされ、濃さが変わります。",
        )
    if "postscript" in page.forbidden:
        yield error(
            "postscript-code",
            "PostScript の命令が埋め込まれています。",
            page.where(),
            _REWRITE,
            "今の印刷所の機械は実行せず、その部分が消えます。",
        )
    if "external" in page.forbidden:
        yield error(
            "external-content",
            "ファイルの外にある絵や、差し替え用の絵を指しています。",
            page.where(),
            "絵をすべて埋め込んで書き出し直してください。",
            "印刷所には外のファイルがなく、粗い仮の絵が刷られるか、白く抜けます。",
        )
    if press.standard == "PDF/X-1a:2003" and set(page.filters) - _X1A_FILTERS:
        odd = "、".join(sorted(set(page.filters) - _X1A_FILTERS))
        yield error(
            "compression",
            f"PDF/X-1a にない圧縮です（{odd}）。",
            page.where(),
            "ZIP か JPEG で圧縮して書き出し直してください。",
            "古い機械では展開できず、絵が出ません。",
        )
    yield from _annotations(page, press)


def _annotations(page: Page, press: Press) -> Iterator[Finding]:
    left, bottom, right, top = page.boxes.bleed or page.boxes.trim or page.boxes.media
    trim = page.boxes.trim or page.boxes.art or page.boxes.media
    mm = 25.4 / 72
    area = Rect((left - trim[0]) * mm, (trim[3] - top) * mm, (right - left) * mm, (top - bottom) * mm)
    for annotation in page.annotations:
        if annotation.kind not in _MARKS_OF_THE_TRADE and overlap(annotation.box, area):
            severity = Severity.WARNING if press.standard == "plain" else Severity.ERROR
            yield Finding(
                severity,
                "annotation-on-page",
                f"注釈やリンク（{annotation.kind}）が紙面の上にあります。",
                page.where(annotation.box),
                "注釈とリンクを除いて書き出し直してください。",
                "注釈が刷られてしまうことがあり、PDF/X では禁じられています。",
            )


def claims(facts: Facts, press: Press) -> Iterator[Finding]:
    """The file's claims: standard, title, dates, trapping; the same in XMP and Info (ISO 15930-7, 6.18)."""
    if press.standard == "plain":
        return
    said = facts.metadata if press.standard == "PDF/X-4" else facts.details
    named = said.get("pdfxid:GTS_PDFXVersion" if press.standard == "PDF/X-4" else "GTS_PDFXVersion", "")
    if named != press.standard:
        yield error(
            "pdfx-not-claimed",
            f"{press.standard} と名乗っていません（{named or '規格の名がありません'}）。",
            hint=_REWRITE,
            why="印刷所の機械は、この名を見て重ね刷りや色の扱いを選びます。",
        )
    missing = [key for key in _NEEDED[press.standard] if not said.get(key)]
    if missing:
        yield error(
            "metadata-missing",
            f"文書の題や日時がありません（{'、'.join(missing)}）。",
            hint=_REWRITE,
            why=f"{press.standard} の決まりです。どの号のいつのデータかが、ファイルだけでわかります。",
        )
    if {facts.details.get("Trapped", ""), facts.metadata.get("pdf:Trapped", "")}.isdisjoint({"True", "False"}):
        yield error(
            "trapped-missing",
            "トラップ（版ずれ対策）が済みかどうかの印がありません。",
            hint=_REWRITE,
            why="印刷所がトラップをかけるかどうかを、この印で決めます。",
        )
    pairs = [(facts.details.get(info), facts.metadata.get(xmp), info) for info, xmp in _PAIRS]
    dates = [(facts.details.get(info), facts.metadata.get(xmp), info) for info, xmp in _DATES]
    different = [name for one, other, name in pairs if one is not None and other is not None and one != other]
    different += [name for one, other, name in dates if one and other and not _same_moment(one, other)]
    if different:
        yield error(
            "metadata-disagrees",
            f"文書の情報が2か所で食い違っています（{'、'.join(different)}）。",
            hint=_REWRITE,
            why="どちらが正しいか決められず、古い版と取り違えるおそれがあります。",
        )


def output_intent(facts: Facts, press: Press) -> Iterator[Finding]:
    """The output intent: the printing for which the file is made (ISO 15930-7, 6.2; GWG 2022 R0035)."""
    if press.standard == "plain":
        return
    intents = [intent for intent in facts.intents if intent.kind == "GTS_PDFX"]
    if len(intents) != 1:
        yield error(
            "output-intent-count",
            "出力インテント（何の上にどう刷るか）がありません。"
            if not intents
            else "出力インテントが2つ以上あります。",
            hint="書き出すときに、入稿条件の出力条件を1つ選んでください。",
            why="同じインキの % でも紙と機械で色が変わるので、どの条件の色かがわからないと合わせられません。",
        )
        return
    (intent,) = intents
    if intent.profile_class and (intent.profile_class, intent.profile_space) != ("prtr", "CMYK"):
        yield error(
            "output-intent-not-cmyk",
            "出力インテントが、4色印刷のプロファイルではありません。",
            hint="CMYK の出力プロファイルを選んで書き出し直してください。",
            why="画面用の RGB の条件では、インキの色を合わせられません。",
        )
    if not intent.profile_class and (press.standard == "PDF/X-4" or not intent.registry):
        yield error(
            "output-profile-missing",
            "出力インテントにプロファイルが埋め込まれていません。",
            hint="出力プロファイルを埋め込んで書き出し直してください。",
            why="PDF/X-4 では必ず埋め込みます。印刷所が色を再現するもとになります。",
        )
    if intent.identifier != press.condition.identifier:
        yield warning(
            "output-condition",
            f"出力条件が「{intent.identifier}」です（入稿条件は「{press.condition.identifier}」）。",
            hint="入稿条件の出力条件を選んで、写真の色分解からやり直してください。",
            why="別の紙や機械のための色分解なので、色と総インキ量が合いません。",
        )


def _version(said: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", said))


def _same_moment(info: str, xmp: str) -> bool:
    """Whether a PDF date (7.9.4) and an XMP date agree, as far as both are written."""
    one, other = (re.sub(r"[Z+].*$|(?<=\d{2}:\d{2}:\d{2})-.*$|(?<=\d{14})-.*$", "", said) for said in (info, xmp))
    digits = [re.sub(r"\D", "", said)[:14] for said in (one, other)]
    shorter = min(len(each) for each in digits)
    return shorter >= 4 and digits[0][:shorter] == digits[1][:shorter]

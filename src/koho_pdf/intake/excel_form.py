"""The Excel form of a kind (.xlsx): a row a field with a count that lives while somebody types, a sheet a list."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.content.values.workbook import column_name
from koho_pdf.intake.form_fields import ANSWER, COUNT, HINT, ITEM, Asked, AskedList, Form
from koho_pdf.intake.office_writing import OFFICE, attribute, package, relations, text

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NOTE = "※ 黄色いところに書いて、このまま送ってください。＊は、なくてはならない項目です。改行は Alt+Enter です。"
_LIST_NOTE = "※ 1行に1つずつ書いてください。"
_FIRST = 5  # the row of the first field
_PLAIN, _HEADED, _FILLED, _TITLE, _SMALL = range(1, 6)

_STYLES = f"""<styleSheet xmlns="{_MAIN}"><fonts count="4"><font><sz val="11"/><name val="游ゴシック"/></font>\
<font><b/><sz val="11"/><name val="游ゴシック"/></font><font><b/><sz val="14"/><name val="游ゴシック"/></font>\
<font><sz val="9"/><color rgb="FF555555"/><name val="游ゴシック"/></font></fonts>\
<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFFFF7CC"/></patternFill></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFDDE6EE"/></patternFill></fill></fills>\
<borders count="2"><border/><border><left style="thin"><color rgb="FF888888"/></left><right style="thin">\
<color rgb="FF888888"/></right><top style="thin"><color rgb="FF888888"/></top><bottom style="thin">\
<color rgb="FF888888"/></bottom></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="6"><xf/>\
<xf fontId="0" borderId="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>\
<xf fontId="1" fillId="3" borderId="1" applyFont="1" applyFill="1" applyBorder="1"/>\
<xf numFmtId="49" fontId="0" fillId="2" borderId="1" applyNumberFormat="1" applyFill="1" applyBorder="1" \
applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="2" applyFont="1"/>\
<xf fontId="3" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/>\
</xf></cellXfs>\
<cellStyles count="1"><cellStyle name="標準" xfId="0" builtinId="0"/></cellStyles>\
<dxfs count="1"><dxf><font><b/><color rgb="FFC00000"/></font></dxf></dxfs></styleSheet>"""


def excel_form(form: Form) -> bytes:
    """The workbook. Cells to fill in are texts, so that Excel takes no 0 from a telephone number."""
    sheets = [("原稿", _fields_sheet(form))] + [(each.label or "表", _list_sheet(each)) for each in form.lists]
    names = "".join(
        f'<sheet name={attribute(name)} sheetId="{number}" r:id="r{number}"/>'
        for number, (name, _) in enumerate(sheets, 1)
    )
    parts = {f"xl/worksheets/sheet{number}.xml": sheet for number, (_, sheet) in enumerate(sheets, 1)}
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    whole = {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE}/relationships"><sheets>{names}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": relations([*targets, ("styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
        **parts,
    }
    types = dict.fromkeys(parts, f"{_TYPE}.worksheet+xml")
    types |= {"xl/workbook.xml": f"{_TYPE}.sheet.main+xml", "xl/styles.xml": f"{_TYPE}.styles+xml"}
    return package(whole, types, "xl/workbook.xml")


def _fields_sheet(form: Form) -> str:
    rows = [_row(1, [(form.head, _TITLE)]), _row(2, [(_NOTE, None)])]
    rows.append(_row(_FIRST - 1, [(each, _HEADED) for each in (ITEM, ANSWER, COUNT, HINT)]))
    rules: list[str] = []
    choices: list[str] = []
    for number, each in enumerate(form.fields, _FIRST):
        rows.append(_field_row(number, each))
        if each.limit:
            rules.append(
                f'<conditionalFormatting sqref="C{number}"><cfRule type="expression" dxfId="0" priority="{number}">'
                f"<formula>{_length(number)}&gt;{each.limit}</formula></cfRule></conditionalFormatting>"
            )
        if each.choices:
            words = text('"' + ",".join(each.choices) + '"')
            choices.append(
                f'<dataValidation type="list" allowBlank="1" sqref="B{number}"><formula1>{words}</formula1>'
                "</dataValidation>"
            )
    validated = f'<dataValidations count="{len(choices)}">{"".join(choices)}</dataValidations>' if choices else ""
    inner = f"{_widths([18, 60, 14, 50])}<sheetData>{''.join(rows)}</sheetData>{''.join(rules)}{validated}"
    return _sheet(inner)


def _sheet(inner: str) -> str:
    """A sheet that is printed on A4, on its side, as wide as the page."""
    fit = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    page = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    return f'<worksheet xmlns="{_MAIN}">{fit}{inner}{page}</worksheet>'


def _field_row(number: int, each: Asked) -> str:
    label = f"{each.label}＊" if each.needed else each.label
    limit = f"／{each.limit}字" if each.limit else "字"
    count = f'{_length(number)}&amp;"{limit}"'
    cells = _cell(f"A{number}", label, _PLAIN) + f'<c r="B{number}" s="{_FILLED}"/>'
    cells += f'<c r="C{number}" s="{_PLAIN}" t="str"><f>{count}</f><v>0{limit}</v></c>'
    return f'<row r="{number}" ht="34" customHeight="1">{cells}{_cell(f"D{number}", each.hint, _SMALL)}</row>'


def _length(number: int) -> str:
    """The formula of how many characters a cell has, without its line ends."""
    return f'LEN(SUBSTITUTE(B{number},CHAR(10),""))'


def _list_sheet(asked: AskedList) -> str:
    heads: list[tuple[str, int | None]] = [(each.label, _HEADED if each.label else _FILLED) for each in asked.columns]
    rows = [_row(1, [(asked.label, _TITLE)]), _row(2, [(_list_note(asked), None)]), _row(4, heads)]
    for number in range(5, 5 + asked.rows):
        cells = "".join(f'<c r="{column_name(at)}{number}" s="{_FILLED}"/>' for at in range(1, len(heads) + 1))
        rows.append(f'<row r="{number}">{cells}</row>')
    return _sheet(f"{_widths([22] * len(heads))}<sheetData>{''.join(rows)}</sheetData>")


def _list_note(asked: AskedList) -> str:
    if not any(each.label for each in asked.columns):
        return "※ 1行目に列の見出しを、2行目から中身を書いてください。"
    hints = dict.fromkeys(f"{each.label}は {each.hint}" for each in asked.columns if each.hint)
    return _LIST_NOTE + " ".join(hints)


def _row(number: int, cells: list[tuple[str, int | None]]) -> str:
    inner = "".join(_cell(f"{column_name(at)}{number}", words, style) for at, (words, style) in enumerate(cells, 1))
    return f'<row r="{number}">{inner}</row>'


def _cell(place: str, words: str, style: int | None) -> str:
    styled = f' s="{style}"' if style is not None else ""
    if not words:
        return f'<c r="{place}"{styled}/>'
    return f'<c r="{place}"{styled} t="inlineStr"><is><t xml:space="preserve">{text(words)}</t></is></c>'


def _widths(wide: list[int]) -> str:
    columns: Iterator[str] = (
        f'<col min="{at}" max="{at}" width="{each}" customWidth="1"/>' for at, each in enumerate(wide, 1)
    )
    return f"<cols>{''.join(columns)}</cols>"

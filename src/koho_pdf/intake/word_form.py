"""The Word form of a kind (.docx): a table with a place to write each field in, its limit printed beside it."""

from __future__ import annotations

from koho_pdf.intake.form_fields import ANSWER, HINT, ITEM, Asked, AskedList, Form
from koho_pdf.intake.office_writing import attribute, package, text

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NOTE = "※ 「ここに書きます」のところに書いて、このまま送ってください。＊は、なくてはならない項目です。"
_PLACE = "ここに書きます"
_BORDERS = "".join(f'<w:{each} w:val="single" w:sz="4" w:color="888888"/>' for each in
                   ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
_FACE = '<w:rFonts w:ascii="游ゴシック" w:hAnsi="游ゴシック" w:eastAsia="游ゴシック"/>'
_WIDTH = 9600  # of the tables, in twentieths of a point


def word_form(form: Form) -> bytes:
    """The document."""
    body = _paragraph(form.head, size=28, bold=True) + _paragraph(_NOTE, size=18)
    if form.fields:
        rows = [_row([(each, "") for each in (ITEM, ANSWER, HINT)], _WIDTHS, head=True)]
        rows += [_row([(_label(each), ""), ("", _control(each)), (_hint(each), "")], _WIDTHS) for each in form.fields]
        body += _table(rows, _WIDTHS)
    for each in form.lists:
        body += _paragraph(f"※ {each.label}（1行に1つずつ）", size=22, bold=True) + _list(each)
    margins = " ".join(f'w:{each}="1134"' for each in ("top", "right", "bottom", "left"))
    page = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar {margins}/></w:sectPr>'
    document = f'<w:document xmlns:w="{_MAIN}"><w:body>{body}{page}</w:body></w:document>'
    return package({"word/document.xml": document}, {"word/document.xml": _TYPE}, "word/document.xml")


_WIDTHS = (1600, 4600, 3400)


def _label(each: Asked) -> str:
    return f"{each.label}＊" if each.needed else each.label


def _hint(each: Asked) -> str:
    limit = f"{each.limit}字まで。" if each.limit and f"{each.limit}字" not in each.hint else ""
    return limit + each.hint


def _control(each: Asked) -> str:
    """A place to write in, or words to choose from; what stands in it before is no text."""
    if each.choices:
        items = "".join(
            f"<w:listItem w:displayText={attribute(one)} w:value={attribute(one)}/>" for one in each.choices
        )
        kind, place = f"<w:dropDownList>{items}</w:dropDownList>", "選んでください"
    else:
        kind, place = '<w:text w:multiLine="1"/>', _PLACE
    grey = f'<w:rPr>{_FACE}<w:color w:val="888888"/><w:sz w:val="21"/></w:rPr>'
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={attribute(each.label)}/><w:showingPlcHdr/>{kind}</w:sdtPr>"
        f"<w:sdtContent><w:p><w:r>{grey}<w:t>{place}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )


def _list(asked: AskedList) -> str:
    widths = (_WIDTH // len(asked.columns),) * len(asked.columns)
    head = _row([(each.label, "") for each in asked.columns], widths, head=True)
    return _table([head, *(_row([("", "")] * len(widths), widths) for _ in range(min(asked.rows, 12)))], widths)


def _table(rows: list[str], widths: tuple[int, ...]) -> str:
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    look = f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{_paragraph('', size=12)}"


def _row(cells: list[tuple[str, str]], widths: tuple[int, ...], *, head: bool = False) -> str:
    """Cells of words, or of a control."""
    made = ""
    for (words, control), width in zip(cells, widths, strict=True):
        shade = '<w:shd w:val="clear" w:fill="DDE6EE"/>' if head else ""
        small = width == _WIDTHS[-1] and not head
        inner = control or _paragraph(words, size=17 if small else 21, bold=head)
        made += (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>{inner}</w:tc>'
        )
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{400 if head else 520}"/></w:trPr>{made}</w:tr>'


def _paragraph(words: str, *, size: int, bold: bool = False) -> str:
    """A paragraph; ``size`` in half points."""
    look = f'<w:rPr>{_FACE}{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
    run = f'<w:r>{look}<w:t xml:space="preserve">{text(words)}</w:t></w:r>' if words else ""
    return f"<w:p>{run}</w:p>"

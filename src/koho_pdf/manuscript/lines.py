"""The manuscript line by line, before it is read as YAML: finds what YAML would silently misread.

YAML stops at the first mistake, and often far behind it. A manuscript is much simpler than YAML: each line is ``name:
text``, ``- text`` or a comment. So each line is checked alone, every mistake is told with its line, and the line is
mended (its text replaced by an empty one, a missing space added) so that all other lines can still be read. Only a
block (``|``) may have several lines: elsewhere YAML would join them with a space, which Japanese does not have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.block_text import BlockText
from koho_pdf.manuscript.encoding import FINDINGS_LIMIT, called
from koho_pdf.manuscript.signs import space_after_colon, space_after_dash, wide_colon, wide_dash, wide_space_after
from koho_pdf.manuscript.syntax import over_lines, wrong_indentation
from koho_pdf.manuscript.yaml_values import Trouble, trouble_of, value_goes_on

_LINE = re.compile(
    r"""(?P<indent>[ ]*)
        (?P<dashes>(?:-[ ]+)*)
        (?P<key>(?:"[^"]*"|'[^']*'|[^\s"'\[\]{}#&*!|>%@`,?:-](?:[^:#]|:(?=\S)|(?<=\S)\#)*?):(?=[ ]|$)[ ]*)?
        (?P<value>.*)""",
    re.VERBOSE,
)
_WIDE_NAME = "「：」の前が名前なら、「：」を半角の「:」と空白にしてください。"
_NO_LINE: dict[str, str] = {"indent": "", "dashes": "", "key": "", "value": ""}
_MERGE_MARK = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
_NO_SPACE_AFTER_COLON = re.compile(r"[ ]*(?:- +)*[A-Za-z_][A-Za-z0-9_]*(?P<colon>:)(?=\S)(?!//)")
_WIDE_COLON = re.compile(r"[ ]*(?:- +)*[A-Za-z_][A-Za-z0-9_-]* *(?P<colon>：)[ 　]*")
_WIDE_SPACE_AFTER_COLON = re.compile(r"[ ]*(?:- +)*[A-Za-z_][A-Za-z0-9_]*(?P<colon>:)[　\u00a0][ 　\u00a0]*")
_BEFORE_BRACE = re.compile(
    r"[ ]*(?:- +)*[A-Za-z_][A-Za-z0-9_-]*(?P<colon>：[ 　]*|:(?:　[ 　]*)?)(?=\{ *[A-Za-z_][A-Za-z0-9_-]* *[:：])"
)
_WIDE_SPACE_AFTER_DASH = re.compile(r"[ ]*(?P<dash>-)[　\u00a0][ 　\u00a0]*")
_NO_SPACE_AFTER_DASH = re.compile(r"[ ]*(?P<dash>-)(?=[^ -])")
_WIDE_DASH = re.compile(r"[ ]*(?P<dash>[・－ー‐–—•])[ 　]*(?=\S)")
_LONGEST_NAME = 100
"""The most characters of a name; longer text before a colon is a sentence (YAML itself stops at 1024)."""
_SPACES = " \t\u3000\u00a0"
_ITEM = re.compile(r"(?P<indent>[ ]*)-[ ]")
_BLOCK_TEXT = re.compile(r"[|>][0-9+-]{0,2} *(#.*)?$")


LINES_LIMIT = 50_000
"""The most lines of a file that are checked; a leaflet has about a hundred."""


@dataclass(slots=True)
class Linewise:
    """The result of checking the lines: mended ``text`` with the same number of lines, findings, and lines whose text
    was lost.
    """

    text: str
    findings: list[Finding] = field(default_factory=list)
    lost: set[int] = field(default_factory=set)


def linewise(text: str, file: str) -> Linewise:
    """Check every line of a manuscript once, in linear time."""
    pass_ = _Pass(text.split("\n"), file)
    pass_.run()
    return Linewise("\n".join(pass_.lines), pass_.findings, pass_.lost)


class _Pass:
    """One walk over the lines; ``lines`` are mended in place."""

    def __init__(self, lines: list[str], file: str) -> None:
        self.lines, self.file = lines, file
        self.findings: list[Finding] = []
        self.lost: set[int] = set()
        self.began = False

    def run(self) -> None:
        """Check all lines; flow collections over several lines (``[`` … ``]``) and block texts are left to YAML."""
        at = 0
        while at < min(len(self.lines), LINES_LIMIT) and len(self.findings) <= FINDINGS_LIMIT:
            at = self._line(at)
        if at >= LINES_LIMIT:
            hint = "別のファイルを選んでいないか、同じ行が繰り返されていないか確かめてください。"
            self._tell(error("too-many-values", f"{LINES_LIMIT:,}行より長いファイルです。", hint=hint), at)

    def _tell(self, found: Finding, at: int) -> None:
        where = Where(file=self.file, line=at + 1, column=found.where.column)
        self.findings.append(Finding(found.severity, found.code, found.message, where, found.hint))

    def _line(self, at: int) -> int:
        """Check line ``at`` (from 0); returns the number of the next line to check."""
        line = self.lines[at]
        if _MERGE_MARK.match(line):
            self._merge_mark(at)
            return at + 1
        body = line.strip(_SPACES)
        if not body or body.startswith("#"):
            self.lines[at] = ""
            return at + 1
        line = self.lines[at] = self._spaced_plainly(line, at)
        if body in ("---", "...") or line.startswith(("--- ", "%")):
            self._document_mark(at)
            return at + 1
        if meant := _BEFORE_BRACE.match(line):  # YAML would take it for a part of the name
            self._tell(wide_colon() if meant["colon"].startswith("：") else space_after_colon(), at)
            line = self.lines[at] = f"{line[: meant.start('colon')]}: {line[meant.end() :]}"
        parts = _LINE.fullmatch(line)
        if parts is None or not (parts["key"] or parts["dashes"]) or len(parts["key"] or "") > _LONGEST_NAME:
            return self._line_without_name(at)
        self.began = True
        return self._value(at, parts)

    def _merge_mark(self, at: int) -> None:
        self._tell(
            error(
                "merge-conflict",
                "2人の直しがぶつかった跡（<<<<<<< や >>>>>>>）が残っています。",
                hint="どちらの文章を残すか決めて、要らないほうと目印の行を消してください。",
            ),
            at,
        )
        if self.lines[at].startswith(("=", "|")):
            while at < len(self.lines) and not self.lines[at].startswith(">>>>>>>"):
                self.lines[at] = ""
                at += 1
        if at < len(self.lines):
            self.lines[at] = ""

    def _spaced_plainly(self, line: str, at: int) -> str:
        """The line with half-width spaces in place of tabs (which YAML forbids or drops) and wide indentation."""
        indent = line[: len(line) - len(line.lstrip(_SPACES))]
        if "\t" in line.rstrip("\t "):
            hint = "タブを消して、半角の空白（字下げは1段につき2つ）にしてください。"
            self._tell(error("tab", "タブがあります。", hint=hint), at)
        elif indent.strip(" \t") and indent != line:
            hint = "全角の空白を消して、半角の空白（1段につき2つ）で字下げしてください。"
            self._tell(error("wide-space", "行の頭に全角の空白があります。", hint=hint), at)
        body = line[len(indent) :].replace("\t", " ")
        return " " * (self._meant(indent, at, body) if indent.strip(" ") else len(indent)) + body

    def _meant(self, indent: str, at: int, body: str) -> int:
        """The number of half-width spaces that an indentation of wide spaces or tabs stands for: two each, or one if
        only that fits the line before it or similar lines.
        """
        two, one = len(indent) + len(indent.strip(" ")), len(indent)
        is_item = body.startswith("- ")
        before = _LINE.fullmatch(next((line for line in reversed(self.lines[:at]) if line), "")) or _NO_LINE
        dash, name = len(before["indent"]), len(before["indent"] + before["dashes"])
        fitting = [dash] if is_item and before["dashes"] else [] if is_item else [name]
        if before["key"] and not before["value"]:
            fitting += [name + 2, name]
        below = next((line for line in self.lines[at + 1 : at + 5] if line.strip(_SPACES)), "")
        if is_item and not below.lstrip(" ").startswith("- "):  # a name in the same column
            fitting.append(len(below) - len(below.lstrip(" ")) - 2)
        if not is_item or {two, one} & set(fitting):
            return one if one in fitting and two not in fitting else two
        alike = {len(line) - len(line.lstrip(" ")) for line in self.lines if line.lstrip(" ").startswith("- ")}
        return one if one in alike and two not in alike else two

    def _document_mark(self, at: int) -> None:
        if self.began or self.lines[at].strip() != "---":
            self._tell(
                error(
                    "several-documents",
                    f"「{self.lines[at].strip()[:20]}」の行は使えません。",
                    hint=f"{called(self.file)} に書ける文書は1つだけです。この行を消してください。",
                ),
                at,
            )
        self.lines[at] = ""
        self.began = True

    def _line_without_name(self, at: int) -> int:
        """A line that is neither ``name: text`` nor ``- text``: mend it if its meaning is clear, otherwise leave it
        out.
        """
        line = self.lines[at]
        for pattern, group, mended, found in (
            (_WIDE_SPACE_AFTER_COLON, "colon", ": ", wide_space_after("「:」", "「名前: 文章」")),
            (_WIDE_SPACE_AFTER_DASH, "dash", "- ", wide_space_after("「-」", "「- 文章」")),
            (_NO_SPACE_AFTER_COLON, "colon", ": ", space_after_colon()),
            (_WIDE_COLON, "colon", ": ", wide_colon()),
            (_NO_SPACE_AFTER_DASH, "dash", "- ", space_after_dash()),
            (_WIDE_DASH, "dash", "- ", wide_dash()),
        ):
            meant = pattern.match(line)
            if meant:
                self._tell(found, at)
                self.lines[at] = line[: meant.start(group)] + mended + line[meant.end() :]
                return at
        if not self.began and line.lstrip(" ").startswith(("[", "{")):
            return len(self.lines)
        if self._is_block_without_bar(at):
            return self._block_without_bar(at)
        wide = _WIDE_NAME if "：" in line else ""
        self._tell(
            error(
                "line-without-name",
                f"「{line.strip()[:20]}」の行に、項目の名前（「名前: 」）も「- 」もありません。",
                hint=f"{wide}前の行の続きなら1行につなげ、一覧の1つなら頭に「- 」を付けてください。",
            ),
            at,
        )
        self.lines[at] = ""
        return at + 1

    def _is_block_without_bar(self, at: int) -> bool:
        """Whether text without a name stands below ``name:``, indented more."""
        before = _LINE.fullmatch(self.lines[at - 1]) if at else None
        depth = len(self.lines[at]) - len(self.lines[at].lstrip(" "))
        alone = before is not None and before["key"] and not before["value"]
        return bool(alone and before and depth > len(before["indent"]) and self.lines[at].lstrip(" ")[0] not in "[{'\"")

    def _block_without_bar(self, at: int) -> int:
        """Tell it once, and read on as if the ``|`` were there."""
        name = self.lines[at - 1].strip(" -:")
        hint = f"段落を書く項目なら「{name}: |」と書いてください。1行の文章なら、名前と同じ行に書きます。"
        hint = (_WIDE_NAME if "：" in self.lines[at] else "") + hint
        self._tell(error("line-without-name", f"「{name}:」の次の行に、文章がじかに書かれています。", hint=hint), at)
        self.lines[at - 1] = self.lines[at - 1].rstrip(" ") + " |"
        return at - 1

    def _value(self, at: int, parts: re.Match[str]) -> int:
        """Check the text of a line; returns the number of the next line to check."""
        value = parts["value"].rstrip(" ")
        if _BLOCK_TEXT.fullmatch(value):
            return self._after_block(at, len(parts["indent"]) + (len(parts["dashes"]) if parts["key"] else 0))
        if not parts["key"] and self._is_name_without_space(at, parts.start("value")):
            return self._line_without_name(at)
        end = value_goes_on(self.lines, at, parts.start("value"))
        if end > at and value[0] in "[{":
            return end + 1
        trouble = trouble_of(value, is_item=not parts["key"])
        if end > at:
            trouble = Trouble(over_lines())
            self.lines[at + 1 : end + 1] = [""] * (end - at)
        if trouble is not None:
            if trouble.finding.code == "text-after-bar" and self._goes_deeper(at, parts):
                trouble = Trouble(trouble.finding, "|")
            self._tell(trouble.finding, at)
            self.lines[at] = self.lines[at][: parts.start("value")] + (
                "''" if trouble.mended is None else trouble.mended
            )
            if trouble.mended is None:
                self.lost.add(at + 1)
            elif trouble.mended:
                return at
        elif value and not value.startswith("#"):
            self._no_item_deeper(at, parts)
        return max(at, end) + 1

    def _is_name_without_space(self, at: int, start: int) -> bool:
        """Whether ``- name:text`` begins a group: a line with a name follows in the same column."""
        line = self.lines[at]
        below = next((line for line in self.lines[at + 1 : at + 5] if line.strip()), "")
        meant = any(each.match(line) for each in (_NO_SPACE_AFTER_COLON, _WIDE_COLON, _WIDE_SPACE_AFTER_COLON))
        deeper = " *" if line.rstrip(" 　").endswith("：") else ""  # ``- name：`` with a group below it
        return meant and bool(re.match(rf" {{{start}}}{deeper}[A-Za-z_][A-Za-z0-9_]* *[:：]", below))

    def _goes_deeper(self, at: int, parts: re.Match[str]) -> bool:
        """Whether the next line is indented more than this one."""
        below = next((line for line in self.lines[at + 1 : at + 5] if line.strip(_SPACES)), "")
        return len(below) - len(below.lstrip(_SPACES)) > len(parts["indent"])

    def _no_item_deeper(self, at: int, parts: re.Match[str]) -> None:
        """YAML would join a ``- `` line that is indented more to this line's text; tell it, and indent it like this
        line.
        """
        after = at + 1
        while after < len(self.lines) and not self.lines[after].strip():
            after += 1
        item = _ITEM.match(self.lines[after]) if after < len(self.lines) else None
        own = len(parts["indent"]) + max(parts["dashes"].rfind("-"), 0)  # of ``- - text`` the second
        if item and len(item["indent"]) > own:
            self._tell(wrong_indentation(after + 1), after)
            rest = self.lines[after][len(item["indent"]) :]
            self.lines[after] = " " * own + rest if parts["dashes"] else ""

    def _after_block(self, at: int, indent: int) -> int:
        """The line after a block text (``|``): the first that is not indented more than the line that began it."""
        block = BlockText(self.lines, at + 1, indent)
        for line in range(block.first, block.end):
            if _MERGE_MARK.match(self.lines[line]):
                self._merge_mark(line)
        for found, line in block.mend():
            self._tell(found, line)
        return block.end

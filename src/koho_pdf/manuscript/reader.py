"""PyYAML's only door: an ``issue.yaml`` becomes a ``Tree`` of texts with their lines.

Every value is text: ``no``, ``12:30``, ``0164`` or ``2013-04-01`` are never taken for something else. Aliases, tags and
merge keys are refused while parsing, so nothing is ever expanded or constructed. Size, depth and number of values are
limited before they can cost anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from yaml import events
from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError

from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.encoding import bytes_of, capped, control_character, text_of
from koho_pdf.manuscript.growing import Growing, TooMuch
from koho_pdf.manuscript.lines import Linewise, linewise
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.manuscript.syntax import YamlFailure, is_indentation, number_cut, over_lines, words_for

_MOST_MENDED_LINES = 20
_NUMBER_BEGINS = re.compile(r"(?<![0-9０-９])[0-9０-９]{1,3}\Z")
_NUMBER_GOES_ON = re.compile(r"[0-9０-９]{3}(?![0-9０-９])")


def read(path: Path, root: Path, prefix: str = "") -> Tree:
    """Read a manuscript; ``root`` is the workspace that its findings' paths are relative to, ``prefix`` what the paths
    of its fields begin with (``paths``).

    ``Tree.findings`` has every mistake after which the rest could still be read. Raises ``ManuscriptError`` with all
    findings when there is no tree at all.
    """
    file = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return _read(bytes_of(path, file), file, prefix)


@lru_cache(maxsize=32)
def _read(raw: bytes, file: str, prefix: str) -> Tree:
    """A file that has not changed is not read again: nobody changes a tree."""
    return read_bytes(raw, file, prefix)


def read_bytes(raw: bytes, file: str, prefix: str = "") -> Tree:
    """The same for the bytes of a file that may not be written yet."""
    text, findings = text_of(raw, file)
    lines = linewise(text, file)
    findings += lines.findings
    try:
        tree, found = _parse_and_mend(lines, file, prefix)
    except ManuscriptError as failure:
        raise ManuscriptError(*capped([*findings, *failure.findings], file)) from None
    return replace(tree, findings=tuple(_with_fields([*findings, *found], tree)))


class Mark(NamedTuple):
    """Where something of a YAML text is written: a ``text``, or where a ``group`` or ``list`` begins, or the ``end`` of
    one; from character ``begin`` up to ``end``. ``style`` is that of a text (``'``, ``"``, ``|``, ``>``; empty for
    none), or ``[`` where a group or list stands in brackets."""

    what: Literal["text", "group", "list", "end"]
    begin: int
    end: int
    style: str = ""
    text: str = ""


def marks_of(text: str) -> Iterator[Mark]:
    """Everything that is written in a YAML text, in its order, up to the first mistake of syntax."""
    try:
        parser = CParser(text)
        while (event := parser.get_event()) is not None:
            if not isinstance(event, (events.NodeEvent, events.CollectionEndEvent)):
                continue
            begin, end = (each.index if each else 0 for each in (event.start_mark, event.end_mark))
            if isinstance(event, events.ScalarEvent):
                yield Mark("text", begin, end, event.style or "", event.value)
            elif isinstance(event, events.CollectionStartEvent):
                what: Literal["group", "list"] = "group" if isinstance(event, events.MappingStartEvent) else "list"
                yield Mark(what, begin, end, "[" if event.flow_style else "")
            elif isinstance(event, events.CollectionEndEvent):
                yield Mark("end", begin, end)
            else:
                return  # an alias
    except YAMLError:
        return


def _with_fields(findings: list[Finding], tree: Tree) -> list[Finding]:
    """The findings with the field on their line, if they do not name one."""
    fields = {line: path for path, line in tree.lines.items() if path}
    return [
        found
        if found.where.field is not None
        else replace(found, where=replace(found.where, field=fields.get(found.where.line or 0)))
        for found in findings
    ]


def _parse_and_mend(lines: Linewise, file: str, prefix: str) -> tuple[Tree, list[Finding]]:
    """Parse; if a line is indented wrongly, tell it, indent it like its neighbours and parse again."""
    findings: list[Finding] = []
    told = {found.where.line for found in lines.findings}
    text, tries = lines.text, 0
    outcome = _parse(text, lines.lost, file, prefix)
    while isinstance(outcome, YamlFailure):
        all_lines = text.split("\n")
        found = words_for(outcome, len(all_lines), file)
        if found.where.line not in told:
            findings.append(found)
        mended = _mend_indentation(all_lines, outcome, lines.lost, file, prefix)
        tries += 1
        if mended is None or tries > _MOST_MENDED_LINES:
            raise ManuscriptError(*findings)
        text, outcome = mended
    return outcome, [*findings, *outcome.findings]


def _mend_indentation(
    lines: list[str], failure: YamlFailure, lost: set[int], file: str, prefix: str
) -> tuple[str, Tree | YamlFailure] | None:
    """The text with the failing line indented like a neighbour, and the result of parsing it; None when
    nothing helps.
    """
    at = failure.reached - 1
    if not is_indentation(failure) or not 0 < at < len(lines):
        return None
    for indent in _neighbours_indents(lines, at):
        text = "\n".join([*lines[:at], " " * indent + lines[at].lstrip(" "), *lines[at + 1 :]])
        outcome = _parse(text, lost, file, prefix)
        if isinstance(outcome, Tree) or outcome.reached > failure.reached:
            return text, outcome
    return None


def _neighbours_indents(lines: list[str], at: int) -> list[int]:
    """The possible indentations of the line: that of the line before (its name or its dash), or of the line after."""
    before = next((line for line in reversed(lines[:at]) if _has_words(line)), "")
    after = next((line for line in lines[at + 1 :] if _has_words(line)), "")
    dash = len(before) - len(before.lstrip(" "))
    name = len(before) - len(before.lstrip(" -"))
    same_kind = [dash] if lines[at].lstrip().startswith("- ") else [name]
    return list(dict.fromkeys([*same_kind, len(after) - len(after.lstrip(" ")), name, dash]))


def _has_words(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _parse(text: str, lost: set[int], file: str, prefix: str) -> Tree | YamlFailure:
    """Parse a text into a tree, or say where the parser stopped.

    Raises ``ManuscriptError``: empty-manuscript, not-a-manuscript, nested-too-deeply, too-many-values.
    """
    growing = Growing(file, lost, text.split("\n"), prefix)
    try:
        parser = CParser(text)
        before: events.Event | None = None
        while (event := parser.get_event()) is not None:
            if cut := _number_cut(before, event, text):
                growing.refuse(*cut)
            _grow(growing, event)
            before = event
        return growing.tree()
    except TooMuch as limit:
        raise ManuscriptError(*growing.findings, limit.finding) from None
    except MarkedYAMLError as failure:
        began, reached = failure.context_mark, failure.problem_mark
        return YamlFailure(
            failure.context or "",
            failure.problem or "",
            began.line + 1 if began else 1,
            reached.line + 1 if reached else 0,
        )
    except YAMLError as failure:
        return YamlFailure("", str(failure), 1, 1)


def _number_cut(before: events.Event | None, event: events.Event, text: str) -> tuple[Finding, int] | None:
    """The finding and its line where a comma of a number, as in [1,200円], has made two values of it: YAML asks no
    space after the comma of a list (YAML 1.2.2, 7.4)."""
    if not (isinstance(before, events.ScalarEvent) and isinstance(event, events.ScalarEvent)):
        return None
    end, begin = before.end_mark, event.start_mark
    if before.style or event.style or end is None or begin is None or text[end.index : begin.index] != ",":
        return None
    if not (_NUMBER_BEGINS.search(before.value) and _NUMBER_GOES_ON.match(event.value)):
        return None
    return number_cut(before.value, event.value), begin.line + 1


def _grow(growing: Growing, event: events.Event) -> None:
    """Hand one event of the parser to the growing tree."""
    start, end = event.start_mark, event.end_mark
    line, column = (start.line + 1, start.column + 1) if start else (1, 1)
    lines_between = end.line - start.line if start and end else 0
    if isinstance(event, events.AliasEvent):
        growing.refuse(_alias(event.anchor or ""), line)
        growing.add_scalar("", line, column, lost=True)
        return
    if isinstance(event, events.NodeEvent) and event.anchor:
        growing.refuse(_anchor(event.anchor), line)
    if isinstance(event, (events.ScalarEvent, events.CollectionStartEvent)) and event.tag:
        growing.refuse(_tag(event.tag), line)
    if isinstance(event, events.ScalarEvent):
        is_block = event.style in ("|", ">")
        text = event.value.removesuffix("\n") if is_block else event.value
        if event.style == "|" and lines_between > 2:
            growing.add_block(event.value.rstrip("\n"), line, column)
        elif lines_between > (2 if is_block else 0) or "\n" in text:
            growing.refuse(over_lines(), line)
            growing.add_scalar("", line, column, lost=True)
        elif control := control_character(text):
            growing.refuse(control, line)
            growing.add_scalar("", line, column, lost=True)
        else:
            growing.add_scalar(text, line, column, quoted=event.style in ("'", '"'))
    elif isinstance(event, events.MappingStartEvent):
        growing.begin({}, line)
    elif isinstance(event, events.SequenceStartEvent):
        growing.begin([], line)
    elif isinstance(event, events.CollectionEndEvent):
        growing.end()
    elif isinstance(event, events.DocumentStartEvent):
        growing.begin_document(line)


def _alias(name: str) -> Finding:
    return error(
        "yaml-alias",
        f"YAML のエイリアス「*{name[:20]}」は使えません。",
        hint="同じ文章でも、その場に書いてください。文章なら全体を ' で囲みます。",
    )


def _anchor(name: str) -> Finding:
    return error(
        "yaml-anchor",
        f"YAML のアンカー「&{name[:20]}」は使えません。",
        hint="消してください。文章なら全体を ' で囲みます。",
    )


def _tag(name: str) -> Finding:
    shown = name.replace("tag:yaml.org,2002:", "!!")[:40]
    return error(
        "yaml-tag", f"YAML のタグ「{shown}」は使えません。", hint="消してください。文章なら全体を ' で囲みます。"
    )

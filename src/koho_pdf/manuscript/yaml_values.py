"""The text after ``name:`` or ``-`` on one line: finds texts that YAML would take for something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from koho_pdf.findings import Finding, error

_SINGLE = re.compile(r"'(?:[^']|'')*'")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPE = re.compile(r"\\(.)")
_KNOWN_ESCAPES = frozenset('"\\/ntrbfve0aN_LP \txuU')
_LETTERS_OF_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^xuU])")
_ALIAS = re.compile(r"\*[A-Za-z0-9_-]+$")
_ANCHOR = re.compile(r"&[A-Za-z0-9_-]+(\s|$)")
_TAG = re.compile(r"!(<|!|[A-Za-z0-9_-]+([!/:.]|\s|$))")
_MARK_AT_START = re.compile(r"\{[^{}|]*\||\{\{|\[[^\[\]]*\]\(")
_NEXT_ITEM = re.compile(r" *(#|- |-$|[A-Za-z_][A-Za-z0-9_]* *:( |$))")
_HASH = re.compile(r"(?:^|\s)#(.?)")
_LINES_LOOKED_AT = 50
_COMMENT = re.compile(r"\s#.*$")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A finding about the text of one line, and the text to read instead, so that the rest can be read;
    None for none.
    """

    finding: Finding
    mended: str | None = None


def value_goes_on(lines: Sequence[str], at: int, start: int) -> int:
    """The line (from 0) on which a quotation or bracket closes that opens at column ``start`` of line ``at``. It is
    ``at`` itself if it closes there, if nothing opens, or if it does not close before the next item.
    """
    value = lines[at][start:]
    if value[:1] not in ("'", '"', "[", "{") or _closes(value):
        return at
    for end in range(at + 1, min(len(lines), at + _LINES_LOOKED_AT)):
        if _NEXT_ITEM.match(lines[end]) and value[0] not in "[{":
            return at
        if _NEXT_ITEM.match(lines[end]) and not lines[end].startswith(" "):
            return at
        value += "\n" + lines[end]
        if _closes(value):
            return end
    return at


def _closes(value: str) -> bool:
    """Whether the quotation or bracket at the start of ``value`` is closed in it."""
    if value[0] == "'":
        return bool(_SINGLE.match(value))
    if value[0] == '"':
        return bool(re.match(_DOUBLE.pattern, value, re.DOTALL))
    outside = re.sub(r"""(?<=[\[{,:\s])('(?:[^']|'')*'|"(?:[^"\\]|\\.)*")""", "", value)
    return outside.count("[") <= outside.count("]") and outside.count("{") <= outside.count("}")


def trouble_of(value: str, *, is_item: bool) -> Trouble | None:
    """The trouble with the text of one line, if any; ``is_item`` if it follows ``-`` and not a name."""
    if not value:
        return None
    first = value[0]
    if first in "'\"":
        return _quoted(value)
    if first == "#":
        return Trouble(_hash()) if _is_text_after_hash(value) else None
    if first in "*&!":
        return _reference(value)
    if first in "[{":
        return _bracket(value)
    if first == "|" and re.match(r"\|[ 　]*[^ 　|]", value):
        return Trouble(_text_after_bar(value), mended=in_quotes(value))
    if first in "%@`|>]},":
        return Trouble(_needs_quotes(f"文章が「{first}」で始まっています。", value), mended=in_quotes(value))
    if re.match(r"[-?:]( |$)", value):
        if first == "-" and not is_item:
            return Trouble(_list_on_line_of_name())
        return Trouble(_needs_quotes(f"文章が「{first} 」で始まっています。", value), mended=in_quotes(value))
    text = _COMMENT.sub("", value)
    if re.search(r":( |$)", text):
        return Trouble(_needs_quotes("文章の中に半角の「: 」があります。", value), mended=in_quotes(value))
    return Trouble(_hash()) if _is_text_after_hash(value) else None


def _is_text_after_hash(value: str) -> bool:
    """Whether a comment looks like text, as in 案内 #1."""
    first = _HASH.search(value)
    return first is not None and first[1].strip(" #") != ""


def _quoted(value: str) -> Trouble | None:
    quote = value[0]
    closed = (_SINGLE if quote == "'" else _DOUBLE).match(value)
    if closed is None:
        return Trouble(
            error(
                "quote-not-closed",
                f"この行で始まった {quote} が閉じられていません。",
                hint=f"文章の終わりに {quote} を付けてください。",
            )
        )
    rest = value[closed.end() :]
    if rest.strip() and not re.match(r"\s+#", rest):
        return Trouble(
            error(
                "text-after-quote",
                f"{quote} で閉じた後ろに「{rest.strip()[:12]}」があります。",
                hint="文章の初めから終わりまでの全体を ' で囲んでください（文章の中の ' は '' と書きます）。",
            )
        )
    if _is_text_after_hash(rest):
        return Trouble(_hash())
    unknown = [found for found in _ESCAPE.finditer(closed[0]) if found[1] not in _KNOWN_ESCAPES]
    if quote == '"' and (unknown or len(_LETTERS_OF_ESCAPE.findall(closed[0])) != len(_ESCAPE.findall(closed[0]))):
        shown = unknown[0][0] if unknown else "\\"
        return Trouble(
            error(
                "backslash-in-quotes",
                f'" の中の「{shown}」は、YAML では別の意味になります。',
                hint="文章を \" ではなく ' で囲んでください。' の中では \\ がそのまま使えます。",
            )
        )
    return None


def _reference(value: str) -> Trouble:
    """A text that begins with ``*``, ``&`` or ``!``: an alias, an anchor or a tag, or a text that must be quoted."""
    hint = f"文章なら、全体を ' で囲んでください: {_shown(value)}"
    if _ALIAS.match(value):
        return Trouble(error("yaml-alias", f"YAML のエイリアス「{value[:20]}」は使えません。", hint=hint))
    word, _, rest = value.partition(" ")
    if _ANCHOR.match(value):
        return Trouble(error("yaml-anchor", f"YAML のアンカー「{word[:20]}」は使えません。", hint=hint), rest)
    if _TAG.match(value):
        return Trouble(error("yaml-tag", f"YAML のタグ「{word[:40]}」は使えません。", hint=hint), rest)
    return Trouble(_needs_quotes(f"文章が「{value[0]}」で始まっています。", value), mended=in_quotes(value))


def _bracket(value: str) -> Trouble | None:
    if _MARK_AT_START.match(value):
        return Trouble(_needs_quotes(f"文章が「{value[0]}」で始まっています。", value), mended=in_quotes(value))
    if not _closes(value):
        closer = "]" if value[0] == "[" else "}"
        return Trouble(
            error(
                "bracket-not-closed",
                f"この行で始まった「{value[0]}」が閉じられていません。",
                hint=f"「{closer}」で閉じてください。文章なら全体を ' で囲みます: {_shown(value)}",
            )
        )
    after = value[max(value.rfind("]"), value.rfind("}")) + 1 :]
    if after.strip() and not re.match(r"\s+#", after):
        return Trouble(_needs_quotes(f"文章が「{value[0]}」で始まっています。", value), mended=in_quotes(value))
    return None


def _needs_quotes(message: str, value: str) -> Finding:
    return error("needs-quotes", message, hint=f"文章全体を ' で囲んでください: {_shown(value)}")


def in_quotes(value: str) -> str:
    """The text as YAML's single-quoted text."""
    return "'" + value.replace("'", "''") + "'"


def _shown(value: str) -> str:
    """The text as the editor should have typed it, cut when long."""
    quoted = in_quotes(value)
    return quoted if len(quoted) <= 60 else quoted[:60] + "…'"


def _text_after_bar(value: str) -> Finding:
    return error(
        "text-after-bar",
        "「|」と同じ行に文章があります。",
        hint="段落を書くなら、文章は「|」の次の行から、字下げして書いてください。"
        f"「|」も文章の一部なら、全体を ' で囲みます: {_shown(value)}",
    )


def _hash() -> Finding:
    return error(
        "hash-in-text",
        "「#」から後ろは覚え書きになり、使われません。",
        hint="文章の一部なら全体を ' で囲み、覚え書きなら「# 」のように # の後ろに空白を入れてください。",
    )


def _list_on_line_of_name() -> Finding:
    return error(
        "list-on-line-of-name",
        "「名前:」と同じ行に「- 」があります。",
        hint="一覧は次の行から、「- 文章」を1行に1つずつ書いてください。文章なら全体を ' で囲みます。",
    )

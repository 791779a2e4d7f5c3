"""Reads a mail: a saved one (.eml), or one that was copied into a text file. Subject and body become the article; who
sent it to whom is told and printed nowhere; a signature and quoted lines stand aside. Attachments are files of their
own.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from koho_pdf.findings import Finding, Where, note, warning
from koho_pdf.intake.iso_2022_jp import decoded_jis
from koho_pdf.intake.plain_text_file import decoded, paragraphs
from koho_pdf.intake.received import Grid, Line, Piece, Received, Shown, Unread, line_of
from koho_pdf.intake.words_of_findings import MOST_SHOWN

_HEAD = re.compile(
    r"(?P<name>From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|差出人|送信者|宛先|送信日時|日時|件名|送信元|受信日時|添付ファイル)"
    r"[ 　]*[:：][ 　]*(?P<value>.*)",
    re.IGNORECASE,
)
_SUBJECT = ("subject", "件名")
_SENDER = ("from", "差出人", "送信者", "送信元")
_RULE = re.compile(r"[-=_*＊─━－＝＊☆★・~〜+]{5,}$|-- ?$")
_QUOTE = re.compile(r"[>＞|]")
_MOST_PARTS = 100
_BOXED = re.compile(rb"(?:\A|\n)From [^\n]*\n(?=[A-Za-z-]+:)")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")


def is_pasted_mail(text: str) -> bool:
    """Whether a text begins as a mail that was copied from a mail program: a subject and a sender at its top."""
    names = {found["name"].lower() for each in text.split("\n")[:12] if (found := _HEAD.match(each.strip()))}
    return bool(names & set(_SUBJECT)) and bool(names & set(_SENDER))


def pasted_mails(raw: bytes, file: str) -> tuple[Received, ...]:
    """The mails in a text file, one after another."""
    text, found = decoded(raw, file)
    made: list[Received] = []
    for heads, body in _mails(text):
        pieces, aside = _body(body)
        if heads or pieces or aside:
            made.append(_made(file, heads, pieces, aside, found if not made else []))
    return tuple(made)


def saved_mails(raw: bytes) -> list[bytes]:
    """The mails of a box of mails (mbox, RFC 4155), each begun by a line ``From …``; none if it is none."""
    if not raw.startswith(b"From "):
        return []
    return [each for each in _BOXED.split(raw) if each.strip()][:_MOST_PARTS]


def _mails(text: str) -> list[tuple[dict[str, str], str]]:
    """The mails of a text: the lines of each head by their names, and its body. Text before the first head is
    a mail without one."""
    lines = text.split("\n")
    made: list[tuple[dict[str, str], list[str]]] = [({}, [])]
    at = 0
    while at < len(lines):
        top = len(made) == 1 and not any(each.strip() for each in made[0][1])
        heads, end = _head_at(lines, at, top=top)
        if end > at:
            made.append((heads, []))
            at = end
        else:
            made[-1][1].append(lines[at])
            at += 1
    mails = [(heads, "\n".join(body)) for heads, body in made]
    return mails if mails[0][1].strip() or len(mails) == 1 else mails[1:]


def _head_at(lines: list[str], at: int, *, top: bool) -> tuple[dict[str, str], int]:
    """The head of a mail that begins at a line, and the line after it; nothing if no subject and sender stand there. At
    the ``top`` of a text its lines may be apart."""
    heads: dict[str, str] = {}
    end = each = at
    while each < len(lines):
        found = _HEAD.match(lines[each].strip())
        whole = heads.keys() & set(_SUBJECT) and heads.keys() & set(_SENDER)
        if found and found["name"].lower() not in heads:
            heads[found["name"].lower()] = found["value"].strip()
            end = each + 1
        elif lines[each].strip() or whole or not heads or not top:
            break
        each += 1
    return (heads, end) if heads.keys() & set(_SUBJECT) and heads.keys() & set(_SENDER) else ({}, at)


def mail_file(raw: bytes, file: str, read: Callable[[bytes, str], tuple[Received, ...]]) -> tuple[Received, ...]:
    """A saved mail, and each of its attachments as ``read`` reads it. Raises ``Unread``."""
    where = Where(file=file)
    if raw.lower().count(b"multipart/") > _MOST_PARTS:
        hint = "要るところだけを新しいメールに写して、送り直してもらってください。"
        raise Unread(
            warning("received-too-large", f"「{file}」は、入れ子が多すぎるので、開きませんでした。", where, hint)
        )
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    heads = _heads(message)
    if not heads:
        hint = "メールソフトで「名前を付けて保存」をして、.eml のファイルにしてください。"
        raise Unread(warning("received-broken", "メールとして読めません。", Where(file=file), hint))
    found: list[Finding] = []
    texts: list[tuple[str, bytes]] = []
    others: list[Received] = []
    photographs: list[Piece] = []
    every = list(message.walk())
    if len(every) > 2 * _MOST_PARTS:
        names = "、".join(_header(each.get_filename() or each.get_content_type()) for each in every[2 * _MOST_PARTS :])
        told = (
            f"部分が{len(every)}個あり、{2 * _MOST_PARTS}個目までを開きました。開いていないもの: {names[:MOST_SHOWN]}"
        )
        hint = "残りを別のメールで送ってもらうか、1つずつ取り込んでください。"
        found.append(warning("received-too-large", told, where, hint))
    for part in every[: 2 * _MOST_PARTS]:
        if part is not message and (inner := _heads(part)):  # a mail that was forwarded as it was
            found += _told(inner, file)
            texts.append(("text/plain", _subject(inner).encode()))
        if part.is_multipart():
            continue
        kind, name = part.get_content_type(), _header(part.get_filename() or "")
        content = part.get_payload(decode=True)
        content = content if isinstance(content, bytes) else b""
        if kind in ("text/plain", "text/html") and not name:
            texts.append((kind, _as_utf8(content, part, kind)))
        elif content:
            name = (name or "添付").replace("/", "_").replace("\\", "_")
            try:
                for each in read(content, name):
                    if all(isinstance(one, Shown) for one in each.pieces):  # photographs belong to the mail
                        photographs += each.pieces
                        found += each.findings
                    else:
                        others.append(replace(each, file=f"{file}/{name}"))
            except Unread as fault:
                found.append(replace(fault.finding, where=replace(fault.finding.where, file=f"{file}/{name}")))
    plain = [content for kind, content in texts if kind == "text/plain"]
    pieces: list[Piece] = []
    aside: list[Line] = []
    if any(each.strip() for each in plain):
        for content in plain:
            first, *more_ = _mails(content.decode())
            for inner, body in [({}, first[1]), *more_]:
                more, beside = _body(body)
                pieces += [line_of(_subject(inner), 2)] * bool(_subject(inner)) + more
                aside += beside
                found += _told(inner, file)
        if len(plain) < len(texts):
            told = (
                "メールには HTML の本文もあります。文章だけの本文を使い、HTML だけにある言葉は leftover に入れました。"
            )
            found.append(note("received-mail-html", told, Where(file=file)))
            said = "".join(b"".join(plain).decode().split())
            for content in (content for kind, content in texts if kind == "text/html"):
                with suppress(Unread):
                    lines = [line for each in read(content, f"{file}.html") for line in _lines(each)]
                    aside += [each for each in lines if "".join(each.plain.split()) not in said]
    else:
        for content in (content for kind, content in texts if kind == "text/html"):
            with suppress(Unread):
                for each in read(content, f"{file}.html"):
                    pieces += each.pieces
                    found += each.findings
                    aside += each.aside
    return (_made(file, heads, [*pieces, *photographs], aside, found), *others)


def _made(file: str, heads: dict[str, str], pieces: list[Piece], aside: list[Line], found: list[Finding]) -> Received:
    subject = _subject(heads)
    found = [*found, *_told(heads, file)]
    first = [line_of(subject, 1, 0)] if subject else []
    sender = next((heads[each] for each in _SENDER if heads.get(each)), "")
    return Received(file, (*first, *pieces), tuple(found), tuple(aside), sender)


def _heads(message: Message) -> dict[str, str]:
    """The lines of a mail's head that say who sent what to whom."""
    return {name.lower(): _header(value) for name, value in message.items() if _HEAD.match(f"{name}:")}


def _subject(heads: dict[str, str]) -> str:
    return next((heads[each] for each in _SUBJECT if heads.get(each)), "")


def _told(heads: dict[str, str], file: str) -> list[Finding]:
    told = "、".join(f"{name}: {value}" for name, value in heads.items() if name not in _SUBJECT and value)
    if not told:
        return []
    return [note("received-mail", f"メールの送り主など（記事には入りません）: {told}", Where(file=file))]


def _lines(received: Received) -> list[Line]:
    grids = [each for each in received.pieces if isinstance(each, Grid)]
    cells = [line for grid in grids for row in grid.rows for cell in row if not cell.copied for line in cell.lines]
    return [*(each for each in received.pieces if isinstance(each, Line)), *cells, *received.aside]


def _body(text: str) -> tuple[list[Piece], list[Line]]:
    """The paragraphs of a mail's text, and the lines aside: quotes, and the signature below the last rule."""
    lines = text.replace("\r\n", "\n").split("\n")
    rules = [at for at, each in enumerate(lines) if _RULE.match(each.strip())]
    end = len(lines)
    if rules:
        last = rules[-2] if len(rules) > 1 and not any(each.strip() for each in lines[rules[-1] + 1 :]) else rules[-1]
        is_end = len(lines) - last <= 16 and any(_ADDRESS.search(each) or "課" in each for each in lines[last:])
        end = last if is_end else end
    quoted = [each for each in lines[:end] if _QUOTE.match(each)]
    kept = [each for each in lines[:end] if not _QUOTE.match(each)]
    return list(paragraphs("\n".join(kept))), [*paragraphs("\n".join(quoted)), *_each(lines[end:])]


def _each(lines: list[str]) -> list[Line]:
    return [line_of(each.strip()) for each in lines if each.strip()]


def _as_utf8(content: bytes, part: Message, kind: str) -> bytes:
    charset = (part.get_content_charset() or "").lower()
    if charset.startswith("iso-2022-jp") or b"\x1b$" in content:
        text = decoded_jis(content)
    elif charset in ("shift_jis", "cp932", "windows-31j", "x-sjis", "euc-jp"):
        text = content.decode("euc_jp" if charset == "euc-jp" else "cp932", "replace")
    else:
        text = decoded(content, "")[0]
    if kind == "text/html":
        text = re.sub(r"(<meta[^>]*charset=[\"']?)[\w-]+", r"\1utf-8", text, flags=re.IGNORECASE)
    return text.encode()


def _header(value: object) -> str:
    """A line of a mail's head in words; as it stands if it cannot be read."""
    try:
        parts = decode_header(str(value))
        return " ".join("".join(_part(words, charset or "") for words, charset in parts).split())
    except (MessageError, ValueError, LookupError):
        return " ".join(str(value).split())


def _part(words: bytes | str, charset: str) -> str:
    if isinstance(words, str):
        return words
    if charset.lower().startswith("iso-2022-jp") or b"\x1b$" in words:
        return decoded_jis(words)
    if charset.lower() in ("shift_jis", "cp932", "windows-31j"):
        return words.decode("cp932", "replace")
    return decoded(words, "")[0]

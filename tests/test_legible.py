"""Words of others: readable in the encodings of several decades, and never more than one plain line."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.legible import LONGEST, is_plain, of_bytes, of_text


@pytest.mark.parametrize("words", ["特色赤", "ＭＳ 明朝", "リュウミンL-KL", "DIC 156s", "金・銀"])
def test_a_name_is_read_in_every_encoding(words: str) -> None:
    for raw in (words.encode(), words.encode("cp932"), words.encode("euc_jp")):
        assert of_bytes(raw) == words
    for mark, table in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le")):
        assert of_bytes(mark + words.encode(table)) == words


def test_what_is_no_text_is_written_as_a_pdf_writes_it() -> None:
    assert of_bytes(b"\x82") == "#82"
    assert of_bytes(b"a\r\n\x1b[31m") == "a#0D#0A#1B[31m"
    assert of_bytes("a\u202eb".encode()) == "a#202Eb"
    assert len(of_bytes(b"x" * 1000)) == LONGEST


def test_a_name_of_a_file_is_read_within_a_sentence() -> None:
    name = os.fsdecode("表紙 ２.pdf".encode("cp932"))
    assert of_text(f"「{name}」を読めません。") == "「表紙 ２.pdf」を読めません。"
    assert of_text("改行\nも") == "改行#0Aも"


@given(st.binary(max_size=60))
def test_any_bytes_become_one_plain_line(raw: bytes) -> None:
    for told in (of_bytes(raw), of_text(os.fsdecode(raw))):
        assert is_plain(told)
        told.encode()


@given(st.text(st.characters(), max_size=60))
def test_any_text_becomes_one_plain_line_and_a_plain_one_stays(text: str) -> None:
    assert is_plain(of_text(text))
    of_text(text).encode()
    if text.isprintable():
        assert of_text(text) == text

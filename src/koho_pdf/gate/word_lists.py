"""The lists of words in ``words/``: a word and, after a tab, what is written for it. They are our own; a city adds its
words in koho.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def pairs(name: str) -> dict[str, str]:
    """A list by its name, in its order; a word for which there is no one mend has an empty one."""
    text = (files("koho_pdf.gate") / "words" / f"{name}.tsv").read_text(encoding="utf-8")
    return {word: right for word, _, right in (line.partition("\t") for line in text.splitlines() if line)}


@cache
def columns(name: str) -> tuple[tuple[str, ...], ...]:
    """A list of more columns: a word, what is written for it, and the neighbours beside which it is (see ``Spelling``)."""
    text = (files("koho_pdf.gate") / "words" / f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line)

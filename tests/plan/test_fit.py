"""あと23字, 12字超過: so many characters added to, or cut from, 72 random articles, which are composed again."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from tests.plan.paper import make

from koho_pdf import pipeline
from koho_pdf.editions.edition import Of
from koho_pdf.layout.contract import read_layout
from koho_pdf.plan.fitting import Regional
from koho_pdf.plan.placed_articles import RegionUse
from koho_pdf.workspace.workspace import open_workspace

MARKED = ("{届|とど}", "{留萌|るもい}", "{鰊|にしん}")
ENDS = (
    "",
    "。",
    "）。",
    "」",
    "、",
    "！",
    "…",
    "DX",
    "42-1809",
    "2,500",
    "Wi-Fi",
    "{届|とど}",
    "{留萌|るもい}",
    "ー",
    "っ。",
    "ょ",
)
WORDS = (
    "港",
    "で",
    "祭り",
    "を",
    "ひらき",
    "ます",
    "。",
    "、",
    "「春」",
    "（金）",
    "SDGs",
    "3月10日",
    "1,200円",
    "ー",
    "ッ",
    "・",
    *MARKED,
)
STYLE = "p { text-align: justify; hanging-punctuation: %s; %s }\n.article p + p { text-indent: 1em }\n"


def article(random: Random, longest: int) -> list[str]:
    """The body of an article in pieces: each is a character, or one with its reading."""
    pieces: list[str] = []
    for word in (*(random.choice(WORDS) for _ in range(random.randint(3, longest))), random.choice(ENDS)):
        pieces += [word] if word in MARKED else list(word)
    while pieces[0] in "。、」）ーッ・!！…っょ":
        pieces.pop(0)
    return pieces


def manuscript(id_: str, pieces: list[str]) -> str:
    """Every second article has a paragraph before that, so that its last one is indented."""
    before = "" if id_[-1] in "02468" else "  港で祭りをひらきます。\n\n"
    return f"kind: notice\nheading: お知らせ\nbody: |\n{before}  {''.join(pieces)}\nwhen: 3月10日(水)\n"


def changed(pieces: list[str], characters: int) -> list[str] | None:
    """So many kanji behind, or so many characters cut (below 0); None if that would cut a word
    or number, or a word under one reading."""
    if characters >= 0:
        return [*pieces, *["永"] * characters]
    left = list(pieces)
    while characters < 0:
        characters += len(base(left.pop()))
    cut = "".join(pieces[len(left) - 1 : len(left) + 1])
    return left if not characters and not re.fullmatch("[0-9A-Za-z,.-]{2}", cut) else None


def base(piece: str) -> str:
    return piece[1:].partition("|")[0] if piece in MARKED else piece


def uses(folder: Path, articles: dict[str, list[str]]) -> tuple[RegionUse, ...]:
    """The articles written, read, composed in their strips and placed."""
    for id_, pieces in articles.items():
        (folder / "articles" / f"{id_}.yaml").write_text(manuscript(id_, pieces), encoding="utf-8")
    workspace = open_workspace(folder.parents[1])
    with ThreadPoolExecutor(1) as beside:
        of, _ = pipeline._read(folder, workspace, workspace.city.press, beside, False, "", lambda stage: None)
        assert isinstance(of, Of)
        return of.placed(of.whole).uses


@pytest.mark.parametrize(
    ("direction", "columns", "hanging", "tight"),
    [
        ("horizontal", 2, "none", ""),
        ("horizontal", 3, "allow-end", ""),
        ("horizontal", 4, "none", "condense: 95%; tracking: 97%"),
        ("vertical", 3, "allow-end", "condense: 90%; tracking: 95%"),
    ],
)
def test_so_many_characters_fit_and_not_one_more(
    home: Path, tmp_path: Path, direction: str, columns: int, hanging: str, tight: str
) -> None:
    random = Random(f"{direction} {columns}")
    articles = {
        f"n{number}": article(random, 40 if direction == "vertical" else 10 * columns + 17) for number in range(18)
    }
    plan = [f"notices: {{main: [{', '.join(f'n{9 * page + each}' for each in range(9))}]}}" for page in range(2)]
    depth = 250
    first = {id_: manuscript(id_, pieces) for id_, pieces in articles.items()}
    folder = make(tmp_path, first, plan, columns=columns, depth=depth, direction=direction)
    css = tmp_path / "layouts" / "monthly" / "layout.css"
    css.write_text(css.read_text(encoding="utf-8") + STYLE % (hanging, tight), encoding="utf-8")
    before = uses(folder, articles)
    said = {each.id: each.characters for use in before for each in use.articles}
    known = {id_: each for id_, each in said.items() if each is not None}
    assert len(known) >= 16
    region = read_layout(tmp_path / "layouts" / "monthly", tmp_path).page_types["notices"].regions["main"]
    found = []
    for more in (0, 1):
        made = {id_: changed(articles[id_], known.get(id_, 0) + more) for id_ in articles}
        after = uses(folder, {id_: pieces or articles[id_] for id_, pieces in made.items()})
        for was, now in zip(before, after, strict=True):
            rooms = [each.depth for each in was.articles]
            for place, each in enumerate(now.articles):
                if each.id in known and made[each.id] is not None:
                    holds = Regional(region).holds([*rooms[:place], each.depth, *rooms[place + 1 :]])
                    found.append((each.id, holds != bool(more)))
    wrong = [id_ for id_, right in found if not right]
    assert not wrong, [(id_, known[id_], "".join(articles[id_])[-30:]) for id_ in wrong]
    assert len(found) >= 29

"""あと23字, 12字超過 where text runs over columns: so many characters added to, or cut from, random stories."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

from tests.plan.stories import body, make, placed, region, story
from tests.plan.test_fit import article, changed

EACH = int(os.environ.get("KOHO_STORIES", "14"))  # of each kind of page; more by hand
DEPTH = 12 * 7  # mm
HUNG = 2.2  # mm: a stop that hangs at the end of a line
TYPES = {
    "two": region(f"15 30 180 {DEPTH}", 2, level="true"),
    "three": region(f"15 30 180 {DEPTH}", 3),
    "four": region(f"15 30 180 {DEPTH}", 4, level="true"),
    "down": region(f"15 30 {DEPTH} 180", 3, direction="vertical", level="true"),
}
COLUMNS = {"two": 2, "three": 3, "four": 4, "down": 3}


def told(id_: str, pieces: list[str]) -> str:
    """A story whose last paragraph is these pieces, behind parts with all that stands between paragraphs."""
    random = Random(id_)
    before = story(random, random.choice((0, 0, 0, 1)), 1, longest=20)
    return f"{before}  - heading: 終わりに\n    body: |\n      {body(random, 2, 9)}\n\n      {''.join(pieces)}\n"


def test_so_many_characters_fit_and_not_one_more(home: Path, tmp_path: Path) -> None:
    pieces = {
        f"{type_}-{n}": article(Random(f"{type_} {n}"), 8 * COLUMNS[type_]) for type_ in TYPES for n in range(EACH)
    }
    pages = [f"{id_.partition('-')[0]}: {{main: [{id_}]}}" for id_ in pieces]
    types = {name: {"main": said} for name, said in TYPES.items()}
    css = "li { padding: 0 }\nh2 { font-size: 6mm }\n"
    folder = make(tmp_path, {id_: told(id_, each) for id_, each in pieces.items()}, pages, types, css)
    said = {each.id: each.characters for use in placed(folder)[1].uses for each in use.articles}
    known = {id_: each for id_, each in said.items() if each is not None}
    found: list[tuple[str, int, bool]] = []
    for more in (0, 1):
        made = {id_: each for id_, left in known.items() if (each := changed(pieces[id_], left + more)) is not None}
        of, after = placed(folder, {id_: told(id_, each) for id_, each in made.items()})
        fits = {use.articles[0].id: not use.over for use in after.uses}
        found += [(id_, more, fits[id_]) for id_ in made]
        if not more:  # and on the pages themselves nothing stands outside its region
            places = of.compose("screen", of.screen_galley()).placed
            lies = {"down": (15 + DEPTH, 210)}
            for stands in places:
                id_ = stands.field.partition(":")[0]
                right, foot = lies.get(id_.partition("-")[0], (195, 30 + DEPTH))
                if id_ in made and (
                    stands.box.right > right + HUNG or stands.box.bottom > foot + HUNG or stands.box.x < 15 - HUNG
                ):
                    found.append((stands.field, more, False))
    wrong = [(id_, more) for id_, more, fits in found if fits == bool(more)]
    assert not wrong, [(each, known.get(each[0])) for each in wrong]
    assert len(found) >= 1.4 * len(pieces)
    assert len(made) >= 0.7 * len(pieces)

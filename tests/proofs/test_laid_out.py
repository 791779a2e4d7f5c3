"""What is as in the last round is not laid out again, and what is around it makes the difference it should."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.plan.paper import make, notice

from koho_pdf.composition.engine import paragraph_seams
from koho_pdf.layout import kept_articles
from koho_pdf.proofs.page_proof import Proof
from koho_pdf.proofs.session import Proofs

PLAN = ("notices: {main: [n1, n2, n3, n4]}", "notices: {main: [n5, n6]}")
STYLE = """
.region { counter-reset: said }
.placed p { counter-increment: said }
.placed p::before { content: counter(said) " " }
.placed + .placed h2 { letter-spacing: 0.1em }
"""


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Path:
    return make(tmp_path, {f"n{number}": notice(number, 60) for number in range(1, 7)}, PLAN, columns=2, depth=200)


def pulled(proofs: Proofs, folder: Path) -> Proof:
    """A round, which must be what a session shows that has seen nothing."""
    proof, fresh = proofs.pull(), Proofs(folder, folder.parents[1]).pull()
    assert [page.picture for page in proof.pages] == [page.picture for page in fresh.pages]
    assert [page.placed for page in proof.pages] == [page.placed for page in fresh.pages]
    assert (set(proof.findings), proof.uses) == (set(fresh.findings), fresh.uses)
    return proof


def test_what_is_around_an_article_changes_it(folder: Path) -> None:
    """Numbers go on from article to article; places, and the texts before one, are others."""
    with (folder.parents[1] / "layouts/monthly/layout.css").open("a", encoding="utf-8") as style:
        style.write(STYLE)
    proofs, first = Proofs(folder, folder.parents[1]), folder / "articles" / "n1.yaml"
    pulled(proofs, folder)
    for text in (
        notice(1, 61),
        notice(1, 400),
        notice(1, 60).replace("body: ", "body:\n  - 一つ目。\n  - 二つ目。\n  - "),
    ):
        first.write_text(text, encoding="utf-8")
        assert pulled(proofs, folder).composed == (1,)
    (folder / "issue.yaml").write_text(
        (folder / "issue.yaml").read_text(encoding="utf-8").replace("[n1, n2, n3, n4]", "[n2, n3, n1, n4]"),
        encoding="utf-8",
    )
    assert pulled(proofs, folder).composed == (1,)


def test_only_the_changed_article_is_made_and_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proofs = Proofs(folder, folder.parents[1])
    proofs.pull()
    shaped, made = list[str](), list[object]()
    shape, render = vars(paragraph_seams)["shape"], vars(kept_articles)["render"]

    def shaping(leaves: list[Any], *more: Any) -> Any:
        shaped.append("".join(each.box.text for each in leaves))
        return shape(leaves, *more)

    def rendering(folders: Any, name: str, root: Path, context: Any) -> Any:
        made.append(context["article"].id)
        return render(folders, name, root, context)

    monkeypatch.setattr(paragraph_seams, "shape", shaping)
    monkeypatch.setattr(kept_articles, "render", rendering)
    (folder / "articles" / "n2.yaml").write_text(notice(2, 60).replace("港で", "海で"), encoding="utf-8")
    assert proofs.pull().composed == (1,)
    assert set(made) == {"n2"}
    assert len(shaped) <= 6  # heading, body and folio: measured, and on the page
    assert sum("海で" in each for each in shaped) == 2

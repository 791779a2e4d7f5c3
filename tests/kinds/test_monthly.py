"""A newsletter whose articles have files and kinds of their own, from the manuscript to the archive."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from tests.conftest import Koho
from tests.kinds.monthly import ARTICLES, ISSUE, NAME, STYLE, make

from koho_pdf.archive.bags.bag import held
from koho_pdf.editions.every import RELEASED
from koho_pdf.errors import KohoError, LayoutError
from koho_pdf.findings import Finding
from koho_pdf.many.made_from import Sources
from koho_pdf.many.making import Task
from koho_pdf.pipeline import build, look
from koho_pdf.workspace.sources import source_of
from koho_pdf.workspace.workspace import open_workspace

PLACE = f"content/{NAME}"


@pytest.fixture(scope="module")
def kept(koho: Koho, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newsletter built in every edition, released, and put into the archive."""
    root = tmp_path_factory.mktemp("monthly")
    make(root)
    (root / PLACE / "articles" / "later.yaml").write_text(ARTICLES["shakai"], encoding="utf-8")
    for command in (("release", NAME), ("archive", "add", NAME)):
        done = koho(*command, folder=root)
        assert (done.returncode, "[間違い]" in done.stderr) == (0, False), done.stderr
    return root


def of(kept: Path, name: str) -> str:
    return (kept / "archive" / NAME / "data" / name).read_text(encoding="utf-8")


def test_every_edition_has_its_articles_in_order(kept: Path) -> None:
    text = of(kept, f"text/{NAME}.txt")
    places = [text.index(f"〔大見出し〕{words}") for words in ("国民年金", "防災無線", "鰊がきた町")]
    assert places == sorted(places)
    assert "問合せ：市民課、電話番号　42-1803\n" in text
    assert "〔写真の提供〕写真提供、観光協会" in text.replace("　", "、")
    issue = json.loads(of(kept, "data/issue.json"))
    assert [(each["key"], each["field"]) for each in issue["articles"]] == [
        ("top", "title"),
        ("shakai", "shakai:"),
        ("radio", "radio:"),
        ("nishin", "nishin:"),
        ("ask", "ask"),
    ]
    assert issue["articles"][2]["values"] == [
        {
            "field": "radio:when",
            "type": "occasion",
            "text": "3月10日(水)午前10時",
            "times": [{"begin": "2027-03-10T10:00"}],
        }
    ]


def test_the_map_says_where_every_article_stands(kept: Path) -> None:
    fields = json.loads(of(kept, "map.json"))["fields"]
    for edition in ("print", "screen"):
        found = {each["field"] for each in fields if each["edition"] == edition}
        assert {"shakai:heading", "shakai:when", "radio:body.1", "nishin:lead", "nishin:parts.1.body.1"} <= found
        assert {"nishin:photo.file", "nishin:photo.caption", "nishin:table.caption"} <= found


def test_a_kind_with_a_template_has_its_look_and_the_others_their_blocks(kept: Path) -> None:
    page = of(kept, "web/index.html")
    assert '<section class="article feature"><h2 data-field="nishin:heading">鰊がきた町' in page
    assert page.index(".article img { max-width: 100% }") < page.index(".deck { font-weight: 700 }")
    assert '<article class="article notice" id="shakai">' in page
    assert '<h2><a href="articles/shakai.html">' in page
    assert 'href="articles/' not in of(kept, "print/source/layouts/_shared/article.html")


def test_pages_lead_to_no_file_beside_them(kept: Path) -> None:
    for name in ("screen.pdf", "archive.pdf"):
        assert b"articles/" not in (kept / "archive" / NAME / "data" / name).read_bytes()


def test_permalinks_are_the_ids(kept: Path) -> None:
    pages = sorted(path.stem for path in (kept / "archive" / NAME / "data" / "web" / "articles").iterdir())
    assert pages == ["ask", "nishin", "radio", "shakai", "top"]
    record = json.loads(of(kept, "record.json"))
    assert [each["key"] for each in record["articles"]] == ["top", "shakai", "radio", "nishin", "ask"]


def test_only_what_the_issue_names_is_released(kept: Path) -> None:
    source = kept / "archive" / NAME / "data" / "print" / "source"
    there = sorted(path.relative_to(source).as_posix() for path in (source / PLACE).rglob("*") if path.is_file())
    assert [name.removeprefix(f"{PLACE}/") for name in there] == [
        "articles/nishin.yaml",
        "articles/shakai.yaml",
        "issue.yaml",
        "photos/umi.png",
        "tables/catch.csv",
    ]
    kinds = sorted(path.relative_to(source).as_posix() for path in (source / "layouts" / "_kinds").rglob("*.*"))
    assert [name.removeprefix("layouts/_kinds/") for name in kinds] == [
        "feature/article.css",
        "feature/article.html",
        "feature/kind.yaml",
        "monthly/kind.yaml",
        "notice/kind.yaml",
    ]


def test_it_is_found_shown_and_compared(kept: Path, koho: Koho) -> None:
    found = koho("archive", "search", "群来", folder=kept)
    assert (found.returncode, "鰊がきた町" in found.stdout) == (0, True)
    later = kept / "content" / "r09-04"
    shutil.copytree(kept / PLACE, later)
    turned = ISSUE.replace("  - nishin\n", "").replace("  - shakai\n", "  - nishin\n  - shakai\n")
    (later / "issue.yaml").write_text(turned, encoding="utf-8")
    (later / "articles" / "shakai.yaml").write_text(ARTICLES["shakai"].replace("二十歳", "満二十歳"), encoding="utf-8")
    compared = koho("archive", "compare", NAME, "r09-04", folder=kept)
    assert (compared.returncode, compared.stdout.splitlines()[1]) == (0, "移動1・言い換え1。")
    assert "特集［移動］ 鰊がきた町" in compared.stdout
    assert "お知らせ 国民年金の届け出\n" in compared.stdout


def test_it_is_made_again_with_nothing_but_the_archive(kept: Path, koho: Koho, tmp_path: Path) -> None:
    shutil.copytree(kept / "archive" / NAME, tmp_path / "archive" / NAME)
    before = held(tmp_path / "archive" / NAME)
    done = koho("archive", "rebuild", NAME, folder=tmp_path)
    count = sum(name.startswith("data/") for name in before)
    assert (done.returncode, done.stdout) == (0, f"{NAME}\t同一です（{count}ファイル）\n")
    assert held(tmp_path / "archive" / NAME) == before


def test_one_of_its_articles_is_withheld(kept: Path, koho: Koho, tmp_path: Path) -> None:
    shutil.copytree(kept / "archive", tmp_path / "archive")
    done = koho("archive", "withhold", NAME, "shakai", "--why", "権利", "--by", "広報", folder=tmp_path)
    assert (done.returncode, "1ページの絵\t1か所" in done.stdout) == (0, True), done.stdout
    found = koho("archive", "search", "国民年金", folder=tmp_path)
    assert "国民年金" not in found.stdout


def test_its_schemas_complete_both_kinds_of_files(kept: Path, koho: Koho) -> None:
    article = json.loads(koho("schema", "notice", folder=kept).stdout)
    assert article["properties"]["heading"]["title"] == "見出し"
    assert (article["required"], article["properties"]["kind"]["enum"]) == (["kind", "heading"], ["notice"])
    whole = json.loads(koho("schema", "monthly", folder=kept).stdout)
    name, *kinds = whole["properties"]["articles"]["items"]["anyOf"]
    assert (name["type"], kinds) == ("string", [{"$ref": f"#/definitions/{each}"} for each in ("notice", "feature")])
    notice = whole["definitions"]["notice"]
    assert (notice["required"], notice["properties"]["kind"]["enum"]) == (["id", "kind", "heading"], ["notice"])
    named = set(re.findall(r'"#/definitions/([^"]+)"', json.dumps(whole)))
    assert named <= set(whole["definitions"])
    assert "feature.Part" in named


def test_a_new_issue_has_its_articles_and_their_schemas(kept: Path, koho: Koho) -> None:
    done = koho("new", "monthly", "r09-05", folder=kept)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (kept / "content" / "r09-05" / "articles").iterdir()) == [
        "nishin.yaml",
        "shakai.yaml",
    ]
    assert {path.name for path in (kept / "schemas").iterdir()} >= {
        "monthly.schema.json",
        "notice.schema.json",
        "feature.schema.json",
    }


def refused(folder: Path, editions: tuple[str, ...] = ("screen", "web")) -> tuple[Finding, ...]:
    with pytest.raises(KohoError) as fault:
        build(folder, open_workspace(folder.parents[1]), editions)
    return fault.value.findings


def test_what_a_page_has_too_much_of_is_told_in_the_articles_file(tmp_path: Path) -> None:
    nishin = ARTICLES["nishin"].replace("鰊がきた町", "ᚠがきた町").replace("umi.png,", "umi.png, keep: 0 0 50 50,")
    folder = make(tmp_path, articles={**ARTICLES, "nishin": nishin})
    layout = tmp_path / "layouts" / "monthly"
    (layout / "layout.css").write_text(STYLE + "img { position: absolute; left: -14mm; top: 130mm }", encoding="utf-8")
    text = (layout / "web.html").read_text(encoding="utf-8")
    (layout / "web.html").write_text(text.replace("issue.articles %}", "issue.articles[1:] %}"), encoding="utf-8")
    found = [(each.code, each.where.file, each.where.line, each.where.field) for each in refused(folder)]
    assert ("glyph-missing", f"{PLACE}/articles/nishin.yaml", 2, "nishin:heading") in found
    near = ("picture-keep-near-trim", f"{PLACE}/articles/nishin.yaml", 12, "nishin:photo.keep")
    assert near in found
    missing = {each[3] for each in found if each[0] == "words-missing"}
    assert {"shakai:heading", "shakai:body.0", "shakai:ask.department"} <= missing
    assert not any(str(field).startswith(("radio:", "nishin:")) for field in missing)


def test_a_layout_leaves_out_a_field_of_a_kind(tmp_path: Path) -> None:
    folder = make(tmp_path)
    layout, template = tmp_path / "layouts" / "monthly", "layouts/_kinds/notice/article.html"
    (tmp_path / template).write_text(
        "<h2>{{ article.heading|inline }}</h2>{% for p in article.body %}<p>{{ p|body }}</p>{% endfor %}"
    )
    contract = (layout / "layout.yaml").read_text(encoding="utf-8")
    assert {each.where.field for each in refused(folder, ("web",))} >= {
        "shakai:when",
        "radio:when",
        "shakai:ask.telephone.0",
    }
    omits = "omits: {web: {'notice:when': 暦にある, 'notice:ask': 下にある}}\n"
    (layout / "layout.yaml").write_text(contract + omits, encoding="utf-8")
    build(folder, open_workspace(tmp_path), ("web",))
    (layout / "layout.yaml").write_text(contract + omits.replace("notice:when", "notice:wen"), encoding="utf-8")
    assert [each.code for each in refused(folder)] == ["layout-broken"]


def test_a_template_that_does_not_work_is_told_with_its_kind(tmp_path: Path) -> None:
    folder = make(tmp_path)
    (tmp_path / "layouts/_kinds/feature/article.html").write_text("<p>\n{{ article.deck }}</p>", encoding="utf-8")
    (found,) = {(each.code, each.where.file, each.where.line) for each in refused(folder)}
    assert found == ("template-broken", "layouts/_kinds/feature/article.html", 2)
    own = tmp_path / "layouts" / "monthly" / "kinds"
    own.mkdir()
    (own / "feature.html").write_text(
        "<h2 data-field='{{ article.heading.field }}'>{{ article.heading|inline }}</h2>", encoding="utf-8"
    )
    assert {each.code for each in refused(folder)} == {"words-missing"}


def test_a_layout_cannot_set_an_article(tmp_path: Path) -> None:
    folder = make(tmp_path)
    file = tmp_path / "layouts" / "monthly" / "layout.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: monthly", "kind: notice"), encoding="utf-8")
    with pytest.raises(LayoutError) as fault:
        look(folder, open_workspace(tmp_path))
    assert [(each.code, each.where.line) for each in fault.value.findings] == [("layout-broken", 1)]


def test_its_bytes_do_not_change_when_an_article_gets_a_file(tmp_path: Path) -> None:
    folder = make(tmp_path)
    workspace = open_workspace(tmp_path)
    editions = tuple(each for each in RELEASED if each != "print")
    before = build(folder, workspace, editions)
    inline = ISSUE[ISSUE.index("    kind: notice") : ISSUE.index("  - nishin")]
    text = "".join(line.removeprefix("    ") for line in inline.splitlines(keepends=True))
    (folder / "articles" / "radio.yaml").write_text(text, encoding="utf-8")
    issue = ISSUE.replace(f"  - id: radio\n{inline}", "  - radio\n")
    (folder / "issue.yaml").write_text(issue, encoding="utf-8")
    after = build(folder, workspace, editions)
    assert after.files == before.files
    assert (after.whole, after.public) == (before.whole, before.public)
    source = source_of(folder, workspace, after.layout, workspace.city.press, [])
    assert f"{PLACE}/articles/radio.yaml" in source


def test_an_issue_is_made_again_when_an_article_changes(tmp_path: Path) -> None:
    folder = make(tmp_path)
    workspace = open_workspace(tmp_path)
    before = Sources(workspace).fingerprint(Task(NAME))
    file = folder / "articles" / "shakai.yaml"
    file.write_text(ARTICLES["shakai"].replace("二十歳", "満二十歳"), encoding="utf-8")
    assert before != ""
    assert Sources(workspace).fingerprint(Task(NAME)) != before

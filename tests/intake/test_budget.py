"""What each department may write, and who has not sent anything."""

from __future__ import annotations

from pathlib import Path

from koho_pdf.content.article_files import read_issue
from koho_pdf.editions.checked_issue import checked_somehow
from koho_pdf.intake.budget import budget, told
from koho_pdf.intake.received_files import Entry
from koho_pdf.intake.who_sent import told as told_who
from koho_pdf.intake.who_sent import who_sent
from koho_pdf.plan.fitting import ArticleUse
from koho_pdf.plan.placed_articles import RegionUse
from koho_pdf.workspace.workspace import open_workspace

REPOSITORY = Path(__file__).parents[2]


def test_each_department_is_told_its_characters_and_pictures() -> None:
    workspace = open_workspace(REPOSITORY)
    folder = REPOSITORY / "content" / "2027-03-koho"
    issue = checked_somehow(read_issue(folder, REPOSITORY), folder, workspace)[0].issue
    names = [each.id for name in type(issue).takes for each in getattr(issue, name)]
    uses = (ArticleUse(names[0], 20, 5, 30), ArticleUse(names[1], 20, 5, -12), ArticleUse(names[2], 20, 5, None))
    shares = budget(issue, (RegionUse(4, "notices", "暮らし", "main", 5, 20, 100, 60, 0, uses),))
    flat = {each.id: each for of in shares.values() for each in of}
    one, two, three = (flat[each] for each in names[:3])
    assert (one.page, one.left, two.left, three.left) == (4, 30, -12, None)
    assert one.characters > 10
    lines = "\n".join(told(shares))
    assert f"{one.characters + 30}字まで（いま{one.characters}字、あと30字）" in lines
    assert f"{two.characters - 12}字まで（いま{two.characters}字で、12字多い）" in lines
    assert all(f"■ {department}" in lines for department in shares)


def test_who_has_sent_and_the_words_that_ask() -> None:
    sent = who_sent(
        ["税務課", "市民課"], [Entry("a.docx", "0", ("a",), "税務課"), Entry("b.txt", "1")], {"市民課": ["shimin"]}
    )
    lines = "\n".join(told_who(sent, "広報みほん 4月号", "3月10日（水）"))
    assert sent.waiting == ("市民課",)
    assert "届いた  税務課  a.docx（a）" in lines
    assert "号にある記事: shimin" in lines
    assert "どの課か不明  b.txt" in lines
    assert (
        "市民課　広報担当　様\n「広報みほん 4月号」の原稿が、まだ届いていません。3月10日（水）までにお送りください。"
        in lines
    )
    assert "催促" not in "\n".join(told_who(who_sent(["税務課"], [Entry("a", "0", (), "税務課")], {}), "号"))

"""``koho proof``, ``compare``, ``answers``: rounds of proofs, what changed, what departments answer."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.cli.telling import progress_of, shown_from_here, tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import KohoError, ManuscriptError, UsageError
from koho_pdf.findings import Finding, error, errors_in
from koho_pdf.legible import of_text

if TYPE_CHECKING:
    from koho_pdf.rounds.answers import Answer
    from koho_pdf.workspace.workspace import Workspace


def proof(options: argparse.Namespace) -> int:
    """校正を出します。初校、再校…の紙と、課に渡すファイル、読み合わせの表を out/proofs に作り、控えを残します。"""
    from koho_pdf.cli.asked import workspace_of
    from koho_pdf.rounds.proofing import Asked
    from koho_pdf.rounds.proofing import proof as put_out
    from koho_pdf.workspace.beginning import issue_folder

    workspace = workspace_of(options)
    folder = issue_folder(options.issue, workspace)
    asked = Asked(_day(options.date), options.until, options.last, options.again)
    made = put_out(folder, workspace, asked, progress_of(folder.name))
    tell(errors_in(made.findings))  # what else is open stands on its paper
    again = "" if made.kept else "（前に出したときから何も変わっていないので、同じ校正です）"
    print(f"{made.round.called}を出しました{again}。{shown_from_here(made.target)}/ にあります。")
    print("・校正紙 proof.pdf、残っている知らせ open.pdf、読み合わせ reading.pdf")
    print(f"・課に渡すもの departments/（{'、'.join(made.round.departments)}）")
    return 0


def compare(options: argparse.Namespace) -> int:
    """2つの校正を比べて、変わった言葉、動いたところ、絵の違いを並べ、頼まれたところだけが変わったかを知らせます。"""
    from koho_pdf.cli.asked import workspace_of
    from koho_pdf.rounds.comparing import NOW, as_text, compare_rounds
    from koho_pdf.workspace.beginning import issue_folder

    workspace = workspace_of(options)
    folder = issue_folder(options.issue, workspace)
    made = compare_rounds(folder, workspace, options.old, options.new or NOW, progress_of(folder.name))
    print(of_lines(as_text(made)), end="")
    print(f"左右に並べたページ: {shown_from_here(made.target)}")
    return 0


def replace(options: argparse.Namespace) -> int:
    """印刷所に渡したあとの差し替え。2つの版で違うページだけと、ほかが同じことの証しを out/replacements に書きます。"""
    from koho_pdf.cli.asked import workspace_of
    from koho_pdf.rounds.replacing import replacement

    made = replacement(options.issue, workspace_of(options), options.old, options.new)
    others = len(made.pages) - len(made.changed)
    print(f"差し替えるページ: {'・'.join(map(str, made.changed))}（ほかの{others}ページは同じです）")
    print(f"印刷所に送るのは {shown_from_here(made.target)}/ の zip です。")
    return 0


def of_lines(text: str) -> str:
    """Lines for a terminal, without signs that nobody sees."""
    return "".join(f"{of_text(line)}\n" for line in text.splitlines())


def answers(options: argparse.Namespace) -> int:
    """課の返事を取り込み、どの課から来たかと、開いている書き込みを、いまの原稿の行とともに並べます。"""
    from koho_pdf.cli.asked import workspace_of
    from koho_pdf.cli.streams import bytes_of
    from koho_pdf.rounds.answers import taken_in
    from koho_pdf.rounds.threads import findings_of, settle, threads_of
    from koho_pdf.workspace.beginning import issue_folder

    workspace = workspace_of(options)
    folder = issue_folder(options.issue, workspace)
    if bool(options.done) != bool(options.by):
        raise UsageError(error("usage", "--done と --by は、いっしょに書きます。", hint="--done 印 --by 山田"))
    code = 0
    refused: list[Finding] = []
    for file in options.files:
        try:
            answer = taken_in(bytes_of(file), folder, workspace.root, of_text(file.name))
        except KohoError as fault:
            refused += fault.findings
            code = code or fault.exit_code
        else:
            print(of_text(_taken(answer, folder, workspace)))
    threads, came, tree = threads_of(folder, workspace)
    if options.done:
        settle(folder, options.done, options.by, threads)
        threads, came, tree = threads_of(folder, workspace)
    for each in came:
        names = f"（{'、'.join(each.names)}）" if each.names else ""
        print(f"{of_text(each.department)}: {each.state}{of_text(names)}")
    if not came:
        print(f"まだ校正を出していません。koho proof {folder.name} で初校を出します。")
    tell((*refused, *findings_of(threads, tree)))
    if closed := sum(bool(each.settled) for each in threads):
        print(f"閉じた書き込み: {closed}件")
    return code


def answer_taken(path: Path, folder: Path, workspace: Workspace) -> str:
    """What to tell of an answer to a proof that was dropped among other files; empty if the file is none. Raises what
    ``taken_in`` raises."""
    from koho_pdf.rounds.answers import MOST_BYTES, is_answer, taken_in

    if path.suffix.lower() not in (".json", ".txt") or not path.is_file() or path.stat().st_size > MOST_BYTES:
        return ""
    content = path.read_bytes()
    if not is_answer(content):
        return ""
    return _taken(taken_in(content, folder, workspace.root, of_text(path.name)), folder, workspace)


def _taken(answer: Answer, folder: Path, workspace: Workspace) -> str:
    """What to tell of an answer that was taken in; of one to an earlier round, that it is."""
    from koho_pdf.rounds.answers import WORDS
    from koho_pdf.rounds.round import rounds_of

    rounds = rounds_of(folder, workspace.root)
    of = next((each.name for each in rounds if each.number == answer.round), "")
    late = f"{of}への返事です（いまは{rounds[-1].name}）。" if rounds and rounds[-1].number != answer.round else ""
    return f"{answer.department} {answer.name}さんの返事「{WORDS[answer.answer]}」を取り込みました。{late}"


def open_in_rounds(folder: Path, workspace: Workspace, knowing: str) -> tuple[str, ...]:
    """What is open in the issue's rounds of proofs. Raises ManuscriptError (``release-open``) unless somebody knows."""
    from koho_pdf.rounds.threads import still_open, threads_of

    threads, came, _ = threads_of(folder, workspace)
    opened = still_open(threads, came)
    if opened and not knowing:
        told = f"校正に、まだ開いているものがあります。{'。'.join(opened)}。"
        hint = f"書き込みは koho answers {folder.name} --done 印 --by 名前 で閉じます。"
        hint += "紙や電話で確かめたときなど、承知のうえで校了にするなら、--knowing 名前 を付けてください。"
        raise ManuscriptError(error("release-open", told, hint=hint))
    return opened


def _day(written: str) -> str:
    if not written:
        return ""
    try:
        return datetime.date.fromisoformat(written).isoformat()
    except ValueError:
        told = f"--date の「{written[:30]}」は、日付として読めません。"
        raise UsageError(error("usage", told, hint="2027-03-04 のように書いてください。")) from None


def add_to(usage: Usage) -> None:
    """These commands with their arguments."""
    made = usage.command(proof, "koho proof 2027-03-koho --date 2027-02-10 --until '2月15日（月）'")
    made.add_argument("issue", metavar="号", help="号のフォルダー、または content の中の号の名前")
    made.add_argument("--date", default="", metavar="日付", help="校正を出す日（2027-02-10）。紙に載ります")
    made.add_argument(
        "--until", default="", metavar="いつまで", help="返事の期限。「2月15日（月）午後5時」のように書きます"
    )
    made.add_argument("--last", action="store_true", help="念校として出します")
    made.add_argument("--again", action="store_true", help="いちばん新しい校正を出しなおします（まだ返事がないとき）")
    pair = usage.command(compare, "koho compare 2027-03-koho 初校 再校")
    pair.add_argument("issue", metavar="号", help="号のフォルダー、または content の中の号の名前")
    pair.add_argument("old", metavar="前の校正", help="初校・再校のような名前か、番号")
    pair.add_argument("new", nargs="?", default="", metavar="後の校正", help="同じく。書かなければ、いまの原稿")
    swap = usage.command(replace, "koho replace 2027-03-koho --from 1 --to 2")
    swap.add_argument("issue", metavar="号", help="校了した号の名前")
    swap.add_argument("--from", dest="old", type=int, default=1, metavar="版", help="印刷所にある版。書かなければ 1")
    swap.add_argument("--to", dest="new", type=int, default=2, metavar="版", help="新しい版。書かなければ 2")
    came = usage.command(answers, "koho answers 2027-03-koho 返事-2027-03-koho-初校-税務課-高橋.json")
    came.add_argument("issue", metavar="号", help="号のフォルダー、または content の中の号の名前")
    came.add_argument("files", nargs="*", type=Path, metavar="返事", help="課から来た返事のファイル")
    came.add_argument("--done", default="", metavar="印", help="済んだ書き込みの印。--by といっしょに書きます")
    came.add_argument("--by", default="", metavar="名前", help="済んだことを確かめた人")

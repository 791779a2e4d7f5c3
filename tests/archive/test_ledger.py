"""The register of an archive: missing, changed and cut off parts are told; who did what when; a second copy is
compared.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import bagit
import pytest
from tests.archive.inside import Done, run
from tests.archive.test_keeping import record, released

from koho_pdf.archive.bags.bag import bagged, held
from koho_pdf.archive.bags.ledger import FILE, open_ledger, read_ledger
from koho_pdf.archive.bags.record import described
from koho_pdf.archive.bags.verifying import verified
from koho_pdf.archive.keeping import kept as kept_bag
from koho_pdf.errors import ArchiveError
from koho_pdf.platform.folders import write_once

AT = {"SOURCE_DATE_EPOCH": "1767225600"}  # 2026-01-01


@pytest.fixture
def city(kept: Path, tmp_path: Path) -> Path:
    """A copy of ``kept`` that may be spoilt."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three issues kept, at a known time, of a city that has a name and rights."""
    tmp_path = tmp_path_factory.mktemp("kept")
    (tmp_path / "koho.yaml").write_text("municipality: 留萌市\nrights: CC BY 4.0\n", encoding="utf-8")
    for number in (812, 813, 814):
        released(tmp_path, record(f"koho-0{number}", number))
        done = run("archive", "add", f"koho-0{number}", "--by", "総務課", folder=tmp_path, environment=AT)
        assert (done.returncode, done.stderr) == (0, "")
    return tmp_path


def codes(done: Done) -> list[str]:
    assert "Traceback" not in done.stderr
    return [line.rsplit("(", 1)[1].rstrip(")") for line in done.stderr.splitlines() if line.startswith("[")]


def test_a_bag_that_is_gone_and_an_archive_that_is_gone_are_told(city: Path) -> None:
    sound = run("archive", "verify", folder=city)
    assert (sound.returncode, sound.stderr) == (0, "")
    shutil.move(city / "archive" / "koho-0813", city / "elsewhere")
    done = run("archive", "verify", folder=city)
    assert (done.returncode, codes(done)) == (5, ["archive-bag-missing"])
    assert "koho-0813" in done.stderr
    for name in ("koho-0812", "koho-0814"):
        shutil.rmtree(city / "archive" / name)
    assert codes(run("archive", "verify", folder=city)) == ["archive-bag-missing"] * 3
    shutil.rmtree(city / "archive")
    (city / "archive").mkdir()
    for _ in range(2):  # and nothing is written there: a disk may be missing at this place
        done = run("archive", "verify", folder=city)
        assert (done.returncode, codes(done)) == (5, ["archive-empty"])
        assert list((city / "archive").iterdir()) == []


def test_a_bag_that_is_lost_for_good_is_written_down_and_stands_in_nobodys_way(city: Path) -> None:
    shutil.move(city / "archive" / "koho-0813", city / "elsewhere")
    listed = run("archive", "list", folder=city)
    assert (listed.returncode, codes(listed)) == (0, ["archive-bag-missing"])
    assert codes(run("archive", "site", folder=city)) == ["archive-bag-missing", "site-unsound"]
    lost = run("archive", "remove", "koho-0813", "--lost", "--why", "火事", "--by", "課長", folder=city)
    assert (lost.returncode, lost.stderr) == (0, "")
    done = run("archive", "verify", folder=city)
    assert (done.returncode, codes(done)) == (0, ["archive-bag-lost"])
    assert "火事、課長" in done.stderr
    assert codes(run("archive", "list", folder=city)) == ["archive-bag-lost"]
    assert run("archive", "site", folder=city).returncode == 0  # with the looks that came with the program
    assert read_ledger(city / "archive").events[6].note == "失われた: 火事"
    shutil.move(city / "elsewhere", city / "archive" / "koho-0813")
    assert run("archive", "verify", folder=city).stderr == ""
    done = run("archive", "remove", "koho-0813", "--lost", "--why", "火事", folder=city)
    assert (done.returncode, codes(done)) == (5, ["archive-not-lost"])
    assert (city / "archive" / "koho-0813").is_dir()


def test_a_register_that_is_gone_is_told_where_bags_were_put_in_with_one(city: Path) -> None:
    (city / "archive" / FILE).unlink()
    for _ in range(2):
        done = run("archive", "verify", folder=city)
        assert (done.returncode, set(codes(done))) == (5, {"ledger-gone", "archive-unregistered"})
    assert codes(run("archive", "list", folder=city)) == ["ledger-gone"]
    assert run("archive", "register", folder=city).returncode == 0
    assert run("archive", "verify", folder=city).stderr == ""


def test_a_change_with_all_manifests_made_anew_is_told(city: Path) -> None:
    folder = city / "archive" / "koho-0813"
    files = held(folder / "data") | {"screen.pdf": b"another"}
    shutil.rmtree(folder)
    write_once(bagged(files, described("koho-0813", "x", "2026-01-01")), folder)
    assert verified(folder) == ()
    for names in ((), ("koho-0813",)):
        done = run("archive", "verify", *names, folder=city)
        assert (done.returncode, codes(done)) == (5, ["archive-bag-replaced"])
        assert "koho-0813\t無事です" not in done.stdout
        assert read_ledger(city / "archive").events[-1].outcome == "failure"
    assert run("archive", "verify", "koho-0812", folder=city).returncode == 0
    assert codes(run("archive", "site", folder=city)) == ["archive-bag-replaced", "site-unsound"]
    assert run("archive", "remove", "koho-0813", "--why", "壊れた", folder=city).returncode == 0
    assert run("archive", "site", folder=city).returncode == 0
    done = run("archive", "verify", folder=city)
    assert "archive/_closed/1/koho-0813 " in done.stderr


def test_a_line_changed_taken_out_or_cut_off_breaks_the_chain(city: Path) -> None:
    path = city / "archive" / FILE
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    assert len(read_ledger(city / "archive").events) == len(lines) == 6
    for broken in (whole.replace("総務課".encode(), "総務部".encode(), 1), b"".join(lines[1:]),
                   b"".join([lines[0], *lines[2:]]), whole[:-9], b"\xff\n" + whole, whole + b"{}\n"):  # fmt: skip
        path.write_bytes(broken)
        with pytest.raises(ArchiveError) as told:
            read_ledger(city / "archive")
        assert [finding.code for finding in told.value.findings] == ["ledger-broken"]


def test_nothing_is_put_in_while_the_register_is_broken(city: Path) -> None:
    (city / "archive" / FILE).write_bytes(b"?\n")
    released(city, record("koho-0815", 815))
    done = run("archive", "add", "koho-0815", folder=city)
    assert (done.returncode, codes(done)) == (5, ["ledger-broken"])
    assert not (city / "archive" / "koho-0815").exists()
    done = run("archive", "verify", folder=city)
    assert (done.returncode, codes(done)) == (5, ["ledger-broken"])


def test_old_bags_are_verified_told_and_taken_up(tmp_path: Path) -> None:
    from tests.archive.test_keeping import files

    of = record("koho-0001", 1)
    write_once(bagged(files(of), described(of.name, of.title, "2010-04-01")), tmp_path / "archive" / of.name)
    done = run("archive", "verify", folder=tmp_path)
    assert (done.returncode, codes(done)) == (0, ["archive-unregistered"])
    taken = run("archive", "register", "--by", "図書館", folder=tmp_path)
    assert (taken.returncode, taken.stdout, taken.stderr) == (0, "koho-0001\t台帳に載せました\n", "")
    done = run("archive", "verify", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    shutil.rmtree(tmp_path / "archive" / "koho-0001")
    assert codes(run("archive", "verify", folder=tmp_path)) == ["archive-bag-missing"]


def test_a_removed_bag_is_not_missing_and_every_act_is_written_down(city: Path) -> None:
    assert run("archive", "remove", "koho-0813", "--why", "別の号", "--by", "課長", folder=city).returncode == 0
    done = run("archive", "verify", folder=city)
    assert (done.returncode, done.stderr) == (0, "")
    assert run("archive", "remove", "koho-0813", "--why", "戻す", "--undo", folder=city).returncode == 0
    assert run("archive", "withhold", "koho-0812", "haru", "--why", "個人情報", folder=city).returncode == 0
    assert run("archive", "verify", folder=city).returncode == 0
    events = read_ledger(city / "archive").events
    assert [(each.event, each.bag) for each in events[6:]] == [
        ("withdrawal", "koho-0813"), ("validation", ""), ("reinstatement", "koho-0813"), ("withdrawal", "koho-0812"),
        ("validation", ""),
    ]  # fmt: skip
    assert (events[6].by, events[6].note) == ("課長", "別の号")


def test_the_log_of_validations_says_when_the_next_is_due(city: Path) -> None:
    done = run("archive", "verify", "--every", "30", "--by", "総務課", folder=city, environment=AT)
    assert "次に確かめる日 2026-01-31" in done.stdout
    last = read_ledger(city / "archive").validated
    assert last is not None
    assert (last.time, last.bags, last.by, last.next) == ("2026-01-01T00:00:00+00:00", 3, "総務課", "2026-01-31")
    later = {"SOURCE_DATE_EPOCH": str(int(AT["SOURCE_DATE_EPOCH"]) + 31 * 86400)}
    for when, told in ((AT, []), (later, ["archive-verify-due"])):
        assert codes(run("archive", "list", folder=city, environment=when)) == told
    (city / "archive" / "koho-0812" / "data" / "screen.pdf").write_bytes(b"")
    assert run("archive", "verify", folder=city, environment=later).returncode == 5
    failed = read_ledger(city / "archive").events[-1]
    assert (failed.outcome, failed.faults) == (
        "failure", ("bag-file-changed archive/koho-0812/data/screen.pdf",),
    )  # fmt: skip


def test_a_second_copy_is_compared_bag_by_bag(city: Path) -> None:
    copy = city / "copy"
    shutil.copytree(city / "archive", copy)
    done = run("archive", "verify", "--copy", "copy", folder=city)
    assert (done.returncode, done.stderr) == (0, "")
    shutil.rmtree(copy / "koho-0812")
    (copy / "koho-0813" / "data" / "screen.pdf").write_bytes(b"")
    shutil.rmtree(city / "archive" / "koho-0814")
    done = run("archive", "verify", "--copy", "copy", folder=city)
    assert (done.returncode, codes(done)) == (
        5, ["archive-bag-missing", "copy-missing", "bag-file-changed", "archive-bag-missing"],
    )  # fmt: skip
    shutil.rmtree(copy)
    shutil.copytree(city / "archive", copy)
    path = city / "archive" / FILE
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))  # its end is cut off
    assert "copy-differs" in codes(run("archive", "verify", "--copy", "copy", folder=city))
    assert codes(run("archive", "verify", "--copy", "archive", folder=city))[-1] == "no-copy"


def test_a_bag_says_whose_it_is_when_it_was_packed_and_by_which_name_it_is_known(city: Path) -> None:
    folder = city / "archive" / "koho-0812"
    assert bagit.Bag(str(folder)).is_valid()
    told = dict(line.split(": ", 1) for line in (folder / "bag-info.txt").read_text(encoding="utf-8").splitlines())
    assert told["Bagging-Date"] == "2026-01-01"
    assert (told["Source-Organization"], told["Rights"], told["Date-Issued"]) == ("留萌市", "CC BY 4.0", "2010-04-01")
    assert told["External-Identifier"].startswith("urn:uuid:")
    assert told["Internal-Sender-Identifier"] == "koho-0812"
    events = json.loads((folder / "events.json").read_bytes())
    assert events["identifier"] == told["External-Identifier"]
    assert [(each["eventType"], each["eventDateTime"], each["eventOutcome"]) for each in events["events"]] == [
        ("ingestion", "2026-01-01T00:00:00+00:00", "success")
    ]
    assert events["events"][0]["linkingAgent"][1] == "総務課"
    core = (folder / "dublin-core.xml").read_text(encoding="utf-8")
    elements = {
        "title": "広報るもい", "publisher": "留萌市", "rights": "CC BY 4.0", "date": "2010-04-01",
        "identifier": told["External-Identifier"],
    }  # fmt: skip
    for element, value in elements.items():
        assert f"<dc:{element}>{value}</dc:{element}>" in core
    others = {(city / "archive" / f"koho-0{number}" / "bag-info.txt").read_bytes() for number in (812, 813, 814)}
    assert len(others) == 3


def test_the_time_of_an_act_is_in_no_edition_and_the_same_again_on_another_day_is_the_same(city: Path) -> None:
    folder = city / "archive" / "koho-0812"
    before = held(folder)
    assert not [name for name, content in before.items() if name.startswith("data/") and b"2026-01-01" in content]
    again = run("archive", "add", "koho-0812", folder=city, environment={"SOURCE_DATE_EPOCH": "1800000000"})
    assert (again.returncode, again.stdout) == (0, "koho-0812\tもうしまってあります\n")
    assert held(folder) == before
    assert len(read_ledger(city / "archive").events) == 6


def test_a_revision_says_why(city: Path) -> None:
    released(city, record("koho-0812-r2"))
    done = run("archive", "add", "koho-0812", "--revision", "2", "--why", "電話番号の訂正", folder=city)
    assert done.returncode == 0
    events = json.loads((city / "archive" / "koho-0812-r2" / "events.json").read_bytes())["events"]
    assert [(each["eventType"], each["eventDetail"]) for each in events] == [("replacement", "電話番号の訂正")]
    shown = run("archive", "show", "koho-0812-r2", folder=city).stdout
    assert "電話番号の訂正" in shown


@pytest.mark.parametrize("name", ["CON", "aux", "nul", "COM1", "lpt9", "2010", "assets", "Pagefind", "KOHO-0812"])
def test_names_that_a_disk_or_the_site_cannot_keep_are_refused(city: Path, name: str) -> None:
    released(city, record(name, 900))
    done = run("archive", "add", name, folder=city)
    assert (done.returncode, codes(done)) == (5, ["archive-name"])
    assert not (city / "archive" / name).exists()


def test_files_that_a_disk_takes_for_one_or_cannot_keep_go_into_no_bag() -> None:
    for names in (["a.jpg", "A.jpg"], ["が.txt", "か\u3099.txt"], ["x/aux.png"], ["x/a:b"], ["x/end. "]):
        with pytest.raises(ArchiveError) as told:
            bagged(dict.fromkeys(names, b""), {})
        assert {finding.code for finding in told.value.findings} == {"bag-name"}
    assert bagged({"console.txt": b"", "x/aux1.png": b""}, {})


def test_two_at_once_under_different_names_do_not_take_one_number(tmp_path: Path) -> None:
    for name in ("april", "koho-0900"):
        released(tmp_path, record(name, 900))
    archive = tmp_path / "archive"
    held, begun = threading.Event(), threading.Event()
    done: list[Done] = []

    def second() -> None:
        begun.set()
        done.append(run("archive", "add", "koho-0900", folder=tmp_path))

    bag = kept_bag(tmp_path / "out" / "releases" / "april", archive)
    other = threading.Thread(target=second)
    with open_ledger(archive):  # the first has looked which numbers are taken, and has written nothing yet
        other.start()
        begun.wait()
        held.wait(0.5)
        write_once(bag, archive / "april")
        assert not done
    other.join()
    assert (done[0].returncode, codes(done[0])) == (5, ["archive-number-taken"])
    assert not (archive / "koho-0900").exists()


def test_the_register_is_lines_that_anybody_can_check(city: Path) -> None:
    """Without this program: each line names the SHA-256 of the line before, and of the bag's tag manifest."""
    script = (
        "import hashlib, json, sys\nlast = ''\n"
        "for line in open('archive/register.jsonl', 'rb').read().splitlines():\n"
        " told = json.loads(line); assert told['previous'] == last; last = hashlib.sha256(line).hexdigest()\n"
        " m = hashlib.sha256(open('archive/' + told['bag'] + '/tagmanifest-sha256.txt', 'rb').read()).hexdigest()\n"
        " assert m == told['manifest']\n"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=city, check=False).returncode == 0

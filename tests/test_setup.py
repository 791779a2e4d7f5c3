"""Setting up: the lock files hold what they must, and tools/system-packages asks, installs or names what is missing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = {"requirements.lock": 20, "requirements-dev.lock": 40, "requirements-judges.lock": 1}
"""Each lock file, and how many packages it holds at the least."""


def pins(lock: str) -> dict[str, str]:
    """What the lock file pins: name -> the whole requirement with its marker."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {line.split("==")[0]: line.rstrip(" \\") for line in text.splitlines() if re.match(r"[a-z0-9]", line)}


def names(requirements: list[str]) -> set[str]:
    """The bare, normalised names of requirements."""
    return {re.sub(r"[-_.]+", "-", re.split(r"[<>=~!\[; ]", line)[0]).lower() for line in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hash_and_no_place_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(entries) == len(pins(lock)) >= LOCKS[lock]
    for entry in entries:
        assert re.fullmatch(r"[a-z0-9-]+==[^\s;]+( ; [^\\]+)? \\(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+", entry), (
            entry
        )


def test_the_locks_hold_what_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    to_run = names(declared["project"]["dependencies"]) | names(declared["dependency-groups"]["build"])
    to_test = to_run | names(declared["dependency-groups"]["dev"])
    assert to_run <= pins("requirements.lock").keys()
    assert to_test <= pins("requirements-dev.lock").keys()
    assert names(declared["dependency-groups"]["judges"]) <= pins("requirements-judges.lock").keys()
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(r"^(?:dependencies|build|dev|judges) = \[\n(.*?)^\]", text, flags=re.MULTILINE | re.DOTALL)
    entries = [line for block in lists for line in block.splitlines()]
    assert len(entries) > 15
    assert [line for line in entries if not re.search(r'",\s+# .{10,}', line)] == []


def test_the_lock_of_npm_pins_what_is_declared_with_hashes() -> None:
    package = json.loads((ROOT / "judges" / "package.json").read_text(encoding="utf-8"))
    text = (ROOT / "judges" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    root = packages.pop("")
    for kind in ("dependencies", "devDependencies"):
        assert root[kind] == package[kind]
    for name, version in (package["dependencies"] | package["devDependencies"]).items():
        assert packages[f"node_modules/{name}"]["version"] == version
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert '"resolved"' not in text  # no place is named


def test_cleaning_leaves_what_is_kept_for_good(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    kept = [
        "archive/a/data/record.json",
        "out/releases/a/release.json",
        "content/a/issue.yaml",
        "src/a.py",
        "tests/a.py",
    ]
    made = ["out/a/print.pdf", "out/archive-site/index.html", ".venv/ready", "src/__pycache__/a.pyc"]
    for name in (*kept, *made):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for _ in range(2):
        subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
        left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
        assert left == {"Makefile", *kept}


class Machine:
    """A PATH of its own: only programs that are put there exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for tool in ("sh", "cat", "env", "grep", "true"):
            (folder / tool).symlink_to(str(shutil.which(tool)))
        self.add("apt-get", f'echo "apt-get $*" >> {folder / "log"}')

    def add(self, name: str, script: str) -> None:
        (self.folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.folder / name).chmod(0o755)

    def run(self, what: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(ROOT / "tools" / "system-packages"), what],
            env={
                "PATH": str(self.folder),
                "KOHO_CHROMIUM": os.environ.get("KOHO_CHROMIUM", ""),
                "KOHO_JAVA_LIBRARIES": str(self.folder),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def installed(self) -> list[str]:
        log = self.folder / "log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without Python, libraries or browser, and a user without rights."""
    fresh = Machine(tmp_path)
    fresh.add("id", "echo 1000")
    fresh.add("sudo", "exit 1")
    fresh.add("gs", "exit 0")
    return fresh


PYTHON = os.path.realpath(sys.executable)
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
JUDGES = {
    "qpdf": "qpdf",
    "pdftoppm": "poppler-utils",
    "mutool": "mupdf-tools",
    "java": "default-jre-headless",
    "node": "nodejs",
    "npm": "npm",
}
VENV = f"python3.{sys.version_info.minor}-venv"


def python_without(*words: str) -> str:
    """A script in place of a Python that does not know the given modules."""
    cases = "".join(f"*{word}*) exit 1;; " for word in words)
    return f'case $2 in {cases} esac; exec {PYTHON} "$@"'


def test_nothing_is_done_when_all_is_there(machine: Machine) -> None:
    machine.add("python3", f'exec {PYTHON} "$@"')
    machine.add("chromium", "exit 0")
    for judge in (*JUDGES, "jaxb-runtime.jar"):
        machine.add(judge, "exit 0")
    for what in ("build", "test", "judges"):
        result = machine.run(what)
        assert (result.returncode, result.stdout, result.stderr) == (0, "python3\n", "")
    assert machine.installed() == []


@pytest.mark.parametrize(
    ("python", "what", "packages"),
    [
        ("exit 1", "build", f"python3 python3-venv {LIBRARIES}"),
        (python_without("ensurepip"), "build", VENV),
        (python_without("ctypes"), "build", LIBRARIES),
        (python_without("ensurepip", "ctypes"), "test", f"{VENV} {LIBRARIES} chromium libatomic1"),
        (f'exec {PYTHON} "$@"', "judges", f"chromium {' '.join(JUDGES.values())} libjaxb-java"),
    ],
    ids=["no python", "no venv", "no library", "nothing but python", "no judges"],
)
def test_without_rights_all_that_is_missing_is_named_at_once(
    machine: Machine, python: str, what: str, packages: str
) -> None:
    machine.add("python3", python)
    result = machine.run(what)
    assert result.returncode == 1
    assert result.stdout == ""
    assert f"    sudo apt-get install {packages}\n" in result.stderr
    assert "入れてから" in result.stderr
    assert "Please install" in result.stderr
    assert machine.installed() == []


def test_plates_are_seen_by_ghostscript(machine: Machine) -> None:
    machine.add("python3", f'exec {PYTHON} "$@"')
    (machine.folder / "gs").unlink()
    assert "    sudo apt-get install ghostscript\n" in machine.run("build").stderr


def test_with_rights_only_what_is_missing_is_installed(machine: Machine) -> None:
    machine.add("id", "echo 0")
    machine.add("python3", python_without("ensurepip"))
    result = machine.run("build")
    assert machine.installed() == ["apt-get update -qq", f"apt-get install -qq -y --no-install-recommends {VENV}"]
    assert result.returncode == 1  # this apt-get installs nothing, and the script notices it


def test_sudo_without_a_password_will_do(machine: Machine) -> None:
    machine.add("sudo", '[ "$1" = -n ] && shift && exec "$@"')
    machine.add("python3", python_without("ensurepip"))
    machine.run("build")
    assert len(machine.installed()) == 2


def test_a_browser_that_does_not_start_is_no_browser(machine: Machine) -> None:
    machine.add("python3", f'exec {PYTHON} "$@"')
    machine.add("chromium-browser", "exit 1")  # Ubuntu's stub without the snap
    assert "sudo snap install chromium" in machine.run("test").stderr


def test_a_browser_of_ones_own_will_do(machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.add("python3", f'exec {PYTHON} "$@"')
    own = tmp_path / "my-chromium"
    own.symlink_to(str(shutil.which("true")))
    monkeypatch.setenv("KOHO_CHROMIUM", str(own))
    assert machine.run("test").returncode == 0

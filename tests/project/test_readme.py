"""The README names only what is there: files, targets, commands, options, exit codes, fields of the report."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from astrbot_api import releases
from astrbot_api.operations import KEYED
from astrbot_conformance.report import effects_page

from tests.project.tree import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PAGES = ("README.md", ".github/CONTRIBUTING.md", "spec/README.md")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
LINES = [line for language, text in BLOCKS if language == "sh" for line in text.splitlines()]
COMMAND = Path(sys.executable).with_name("astrbot-contract")
CODES = re.findall(r"^\| exit code \| `astrbot-contract (\w+)` \|\n\|[-| ]+\n((?:\| \d .*\n)+)", README, re.MULTILINE)


def help_of(command: str) -> str:
    """What `astrbot-contract <command> --help` prints."""
    line = [str(COMMAND), command, "--help"]
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Each relative link of the pages names a file that is there."""
    text = (ROOT / page).read_text("utf-8")
    dead = [
        link for link in re.findall(r"\]\((?!http)([^)#]+)", text) if not (ROOT / page).parent.joinpath(link).exists()
    ]

    assert dead == []


@pytest.mark.parametrize("page", PAGES)
def test_targets_exist(page: str) -> None:
    """Each `make` target that the pages name is in the Makefile, and `make help` explains it."""
    named = set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", (ROOT / page).read_text("utf-8"), re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):.* ## ", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert named <= explained


def test_every_target_is_explained() -> None:
    """`make help` lists all that is phony."""
    makefile = (ROOT / "Makefile").read_text()
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    listed = re.findall(r"^  make ([a-z-]+)", made_help(), re.MULTILINE)

    assert sorted(listed) == sorted(phony.split())


def made_help() -> str:
    """What `make help` prints."""
    line = ["make", "--no-print-directory", "--directory", str(ROOT), "help"]
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("line", [line for line in LINES if "astrbot-contract" in line])
def test_commands_and_options_exist(line: str) -> None:
    """Each command of the README is one, and has the options that are shown."""
    command, *words = line.partition("astrbot-contract")[2].split()
    known = help_of(command)

    assert [word for word in words if word.startswith("--") and word not in known] == []


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make ")])
def test_make_hands_everything_on(line: str) -> None:
    """What stands in URL, PORT and ARGS reaches the command, which knows the options."""
    target, *variables = re.findall(r'[^\s"]+(?:"[^"]*")?', line)[1:]
    recipe = subprocess.run(
        ["make", "--dry-run", "--directory", str(ROOT), target, *(word.replace('"', "") for word in variables)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert [word for word in variables if word.partition("=")[2].strip('"') not in recipe] == []
    for option in re.findall(r"--[a-z-]+", " ".join(variables)):
        assert option in help_of(target)


def test_make_shows_the_code_of_the_command() -> None:
    """When a command fails, make ends with 2 and prints the command's own code."""
    line = ["make", "--directory", str(ROOT), "--old-file=.venv/ready", "conform", "BIN=/nowhere"]
    answer = subprocess.run(line, check=False, capture_output=True, text=True)

    assert answer.returncode == 2
    assert re.search(r"conform\] Error 127", answer.stderr)


@pytest.mark.parametrize(("command", "rows"), CODES)
def test_exit_codes_are_those_of_the_help(command: str, rows: str) -> None:
    """The exit codes of the README stand in the command's help with the same word."""
    known = help_of(command)

    for code, word in re.findall(r"^\| (\d) \| (\w+)", rows, re.MULTILINE):
        assert re.search(rf"\b{code}\b\W+{word}", known), f"{code} {word}"


def test_exit_code_tables_are_read() -> None:
    """The tables that the tests above go through are those of the README."""
    assert [command for command, _ in CODES] == ["conform", "generate", "gate"]


def test_effects_levels_are_those_of_the_command() -> None:
    """The levels of the first table are the choices of `--effects`, in that order."""
    levels = re.findall(r"^\| `(\w+)` \|", README.partition("## Run it")[0], re.MULTILINE)

    assert ",".join(levels) in help_of("conform").replace("|", ",")


def test_effects_levels_open_the_operations_of_the_contract() -> None:
    """The table counts the operations of each side effect as the contract has them."""
    rows = re.findall(r"^\| `(\w+)` \| (\d+) that ", README.partition("## Run it")[0], re.MULTILINE)

    assert {level: int(count) for level, count in rows} == Counter(operation.side_effect for operation in KEYED)


def test_what_the_levels_open_is_made_of_the_contract() -> None:
    """The table and the page behind it are as `make generate` writes them."""
    contract = releases.contract(releases.BASE)

    assert effects_page.written(README, contract) == README
    assert (ROOT / effects_page.PAGE).read_text("utf-8") == effects_page.page(contract)


def test_the_report_is_as_shown(tmp_path: Path) -> None:
    """A report has the fields that the README shows, and no others."""
    (shown,) = [json.loads(text) for language, text in BLOCKS if language == "json"]
    line = [str(COMMAND), "conform", "--requirement", "DOC-UI", "--report", str(tmp_path)]
    subprocess.run(line, check=True, capture_output=True)
    report = json.loads((tmp_path / "report.json").read_text())

    assert fields(report | {"findings": shown["findings"]}) == fields(shown)


def fields(report: object) -> object:
    """The names in a report, level by level; of lists those of the first element."""
    if isinstance(report, dict):
        return {name: fields(value) for name, value in report.items()}
    return fields(report[0]) if isinstance(report, list) and report else None

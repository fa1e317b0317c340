"""The documents name only what exists: files, targets, commands, options, exit codes, members of the report."""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from astrbot_api import releases
from astrbot_api.operations import KEYED
from astrbot_conformance.report import effects_page

from tests.project.tree import ROOT

pytestmark = pytest.mark.slow

README = (ROOT / "README.md").read_text("utf-8")
PAGES = (
    "README.md",
    "ARCHITECTURE.md",
    "SECURITY.md",
    ".github/CONTRIBUTING.md",
    ".github/pull_request_template.md",
    "spec/README.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)
TEXT = "\n".join((ROOT / page).read_text("utf-8") for page in PAGES)
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
LINES = [line for language, text in BLOCKS if language == "sh" for line in text.splitlines()]
COMMAND = Path(sys.executable).with_name("astrbot-contract")
CODES = re.findall(r"^\| exit code \| `astrbot-contract (\w+)` \|\n\|[-| ]+\n((?:\| \d .*\n)+)", TEXT, re.MULTILINE)


def help_of(command: str) -> str:
    """The output of `astrbot-contract <command> --help`."""
    line = [str(COMMAND), command, "--help"]
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Each relative link of the pages names an existing file, and its anchor a heading of that file."""
    links = re.findall(r"\]\((?!http)([^)#]*)(?:#([^)]*))?\)", (ROOT / page).read_text("utf-8"))
    dead = [
        (name, anchor)
        for name, anchor in links
        if not (file := (ROOT / page).parent / (name or Path(page).name)).exists()
        or (anchor and anchor not in anchors(file.read_text("utf-8")))
    ]

    assert dead == []


def anchors(text: str) -> set[str]:
    """The anchors of the headings of a page, as Markdown renderers derive them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_targets_exist(page: str) -> None:
    """Each `make` target that the pages name is in the Makefile, and `make help` explains it."""
    named = set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", (ROOT / page).read_text("utf-8"), re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):.* ## ", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert named <= explained


def test_every_target_is_explained() -> None:
    """`make help` lists all phony targets."""
    makefile = (ROOT / "Makefile").read_text()
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    listed = re.findall(r"^  make ([a-z-]+)", made_help(), re.MULTILINE)

    assert sorted(listed) == sorted(phony.split())


def made_help() -> str:
    """The output of `make help`."""
    line = ["make", "--no-print-directory", "--directory", str(ROOT), "help"]
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("line", [line for line in LINES if "astrbot-contract" in line])
def test_commands_and_options_exist(line: str) -> None:
    """Each command of the documents exists, and has the options that are shown."""
    command, *words = line.partition("astrbot-contract")[2].split()
    known = help_of(command)

    assert [word for word in words if word.startswith("--") and word not in known] == []


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make ")])
def test_make_hands_everything_on(line: str) -> None:
    """The values of URL, PORT and ARGS reach the command, which has the options."""
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
    """If a command fails, make ends with 2 and prints the command's own code."""
    line = ["make", "--directory", str(ROOT), "--old-file=.venv/ready", "conform", "BIN=/nowhere"]
    answer = subprocess.run(line, check=False, capture_output=True, text=True)

    assert answer.returncode == 2
    assert re.search(r"conform\] Error 127", answer.stderr)


@pytest.mark.parametrize(("command", "rows"), CODES)
def test_exit_codes_are_those_of_the_help(command: str, rows: str) -> None:
    """The exit codes of the documents are in the command's help with the same word."""
    known = help_of(command)

    for code, word in re.findall(r"^\| (\d) \| (\w+)", rows, re.MULTILINE):
        assert re.search(rf"\b{code}\b\W+{word}", known), f"{code} {word}"


def test_exit_code_tables_are_read() -> None:
    """The tests above find the tables of the README."""
    assert [command for command, _ in CODES] == ["conform", "generate", "gate"]


def test_effects_levels_are_those_of_the_command() -> None:
    """The levels of the first table are the choices of `--effects`, in that order."""
    levels = re.findall(r"^\| `(\w+)` \|", README.partition("<!-- /effects -->")[0], re.MULTILINE)

    assert ",".join(levels) in help_of("conform").replace("|", ",")


def test_effects_levels_open_the_operations_of_the_contract() -> None:
    """The table has the number of operations of each side effect in the contract."""
    rows = re.findall(r"^\| `(\w+)` \| (\d+) that ", README.partition("<!-- /effects -->")[0], re.MULTILINE)

    assert {level: int(count) for level, count in rows} == Counter(operation.side_effect for operation in KEYED)


def test_what_the_levels_open_is_made_of_the_contract() -> None:
    """The table and the page of effects are as `make generate` writes them."""
    contract = releases.contract(releases.BASE)

    assert effects_page.written(README, contract) == README
    assert (ROOT / effects_page.PAGE).read_text("utf-8") == effects_page.page(contract)


def test_the_report_is_as_shown(tmp_path: Path) -> None:
    """A report has the members that docs/conform.md shows, and no others."""
    (shown,) = [json.loads(text) for language, text in BLOCKS if language == "json"]
    line = [str(COMMAND), "conform", "--requirement", "DOC-UI", "--report", str(tmp_path)]
    subprocess.run(line, check=True, capture_output=True)
    report = json.loads((tmp_path / "report.json").read_text())

    report["run"]["sampled"] = shown["run"]["sampled"]
    assert fields(report | {"findings": shown["findings"]}) == fields(shown)


def fields(report: object) -> object:
    """The member names of a report, nested; for a list, those of its first element."""
    if isinstance(report, dict):
        return {name: fields(value) for name, value in report.items()}
    return fields(report[0]) if isinstance(report, list) and report else None


def test_the_first_example_is_real() -> None:
    """The commands at the top of the README find the fault, and print the lines that it shows."""
    (shown, *_) = [text for language, text in BLOCKS if language == "text"]
    fault, requirement, seed = "types-know-no-case", "MSG-TYPES", "2"  # found also if the server is slow
    assert f"FAULT={fault}" in README
    assert f"conform http://127.0.0.1:6185 --seed {seed} --requirement {requirement}" in README

    with served("--fault", fault) as (url, environment):
        line = [str(COMMAND), "conform", url, "--seed", seed, "--requirement", requirement, "--report", "report"]
        with tempfile.TemporaryDirectory() as folder:
            answer = subprocess.run(line, env=environment, cwd=folder, check=False, capture_output=True, text=True)

    assert answer.returncode == 1
    assert labels(answer.stdout + answer.stderr) == labels(shown)


def labels(output: str) -> set[str]:
    """The first word of each line that does not continue another. Numbers differ: a slow server gets fewer requests."""
    begun = [line for line in output.splitlines() if re.match(r"  \S|[^\sa-z]", line)]
    return {re.sub(r"\d+", "0", line.split()[0]) for line in begun}


@contextmanager
def served(*options: str) -> Iterator[tuple[str, dict[str, str]]]:
    """A reference server in a separate process: its address, and an environment with its login."""
    login = {"ASTRBOT_USERNAME": "astrbot", "ASTRBOT_PASSWORD": "a-long-password-1"}
    environment = os.environ | login | {"COLUMNS": "100"}
    line = [str(COMMAND), "serve", "--port", "0", "--database", "sqlite://", *options]
    with subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            (url,) = re.findall(r"http://\S+", process.stdout.readline())
            yield url, environment
        finally:
            process.terminate()

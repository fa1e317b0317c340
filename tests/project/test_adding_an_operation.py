"""The worked example in CONTRIBUTING.md: its four edits are sufficient to add an operation."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from astrbot_generator.path_list import listed

from tests.project.tree import ROOT

pytestmark = pytest.mark.slow

COMMAND = Path(sys.executable).with_name("astrbot-contract")
SECTION = (
    (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8").partition("## Add an operation")[2].partition("\n## ")[0]
)
OPERATION = "get_bot_uptime"


class Edit(NamedTuple):
    """One numbered step: the file that it changes, and the text to add."""

    place: str
    file: str
    text: str

    def apply(self, root: Path) -> None:
        """Add the text at the end of the file, or below the line that the step names."""
        path = root / self.file
        text = path.read_text("utf-8")
        if below := re.match(r".*below `(.*)` in", self.place, re.DOTALL):
            line = f"{below[1]}\n"
            assert text.count(f"\n{line}") == 1
            path.write_text(text.replace(f"\n{line}", f"\n{line}{self.text}"), "utf-8")
        else:
            assert "at the end of" in self.place
            path.write_text(text + self.text, "utf-8")


EDITS = [
    Edit(place, file, re.sub("^   ", "", text, flags=re.MULTILINE))
    for place, file, text in re.findall(
        r"^\d\. ([^`]*(?:`[^`]*`[^`]*)??)`(\S+)`:\n\n   ```\w+\n(.*?)   ```", SECTION, re.MULTILINE | re.DOTALL
    )
]


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the contract and its tests with the first three edits, and the package generated from it."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "spec", root / "spec")
    shutil.copytree(ROOT / "tests" / "spec", root / "tests" / "spec", ignore=shutil.ignore_patterns("__pycache__"))
    for edit in EDITS[:3]:
        edit.apply(root)
    contract = root / "spec" / "openapi.yaml"
    contract.write_text(listed(contract), "utf-8")
    line = [str(COMMAND), "generate", "--spec", str(contract), "--out", str(root / "generated")]
    subprocess.run(line, check=True, capture_output=True, text=True)
    return root


def test_there_are_four_edits() -> None:
    """The section has four edits, one for each file."""
    assert [edit.file for edit in EDITS] == [
        "spec/paths/bots.yaml",
        "spec/schemas/bots.yaml",
        "tests/spec/operations_by_release.csv",
        "conformance/astrbot_reference/bots.py",
    ]
    assert all((ROOT / edit.file).is_file() for edit in EDITS)


def test_the_operation_is_generated(edited: Path) -> None:
    """The operation is in the root of the contract, in the tables and in the models."""
    generated = edited / "generated" / "astrbot_api"

    assert "/api/v1/bots/{bot_id}/uptime: {$ref" in (edited / "spec" / "openapi.yaml").read_text("utf-8")
    assert f'"{OPERATION}"' in (generated / "operations.py").read_text("utf-8")
    assert "class BotUptimeAnswer" in (generated / "models.py").read_text("utf-8")


def test_the_reference_server_implements_the_stub(edited: Path) -> None:
    """The method of the fourth edit has the parameters and the return type of the generated stub."""
    stub = method((edited / "generated" / "astrbot_api" / "server" / "bots.py").read_text("utf-8"))
    written = method(EDITS[3].text)

    assert [one.arg for one in written.args.kwonlyargs] == [one.arg for one in stub.args.kwonlyargs]
    assert models(written) == models(stub) == {"BotUptimeAnswer"}


def test_the_tests_of_the_contract_pass(edited: Path) -> None:
    """The project's tests of `spec/` pass on the edited contract."""
    environment = os.environ | {"PYTHONPATH": str(edited / "generated"), "PYTHONDONTWRITEBYTECODE": "1"}
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", "tests/spec"]
    ended = subprocess.run(line, cwd=edited, env=environment, check=False, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stdout


def models(definition: ast.AsyncFunctionDef) -> set[str]:
    """The models that a return annotation names."""
    assert definition.returns
    return set(re.findall(r"\w+Answer", ast.unparse(definition.returns)))


def method(source: str) -> ast.AsyncFunctionDef:
    """The definition of the example's method in a module or a fragment."""
    (found,) = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.AsyncFunctionDef) and node.name == OPERATION
    )
    return found

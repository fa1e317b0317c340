"""What other repositories take from this one: the action and the commit hook. Both call the command."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.generator.gate.calling import NARROWED, OLD, Call, commit, git

ROOT = Path(__file__).parents[3]
ACTION = yaml.safe_load((ROOT / ".github/actions/gate/action.yml").read_text())
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
COMMAND = """\
#!/bin/sh
echo "$@" >> "$CALLS"
exit "$CODE"
"""


def test_hook_calls_the_gate() -> None:
    """The hook has what pre-commit asks of it, and takes OpenAPI documents only."""
    (hook,) = HOOKS

    assert hook.keys() >= {"id", "name", "entry", "language"}
    assert hook["entry"] == "astrbot-contract gate"
    names = ["openapi.yaml", "openspec/openapi-v1.yaml", "docs/openapi.json", "compose.yaml", "myopenapi.py"]
    assert [name for name in names if re.search(hook["files"], name)] == names[:3]


def test_action_passes_on_what_it_is_told() -> None:
    """Every input of the action reaches its script, which writes the output."""
    (step,) = ACTION["runs"]["steps"]
    passed = {value for value in step["env"].values() if value.startswith("${{ inputs.")}

    assert passed == {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]}
    assert all(f"${name}" in step["run"] or f"${{{name}" in step["run"] for name in step["env"])
    assert ACTION["outputs"]["verdict"]["value"] == "${{ steps.gate.outputs.verdict }}"


@pytest.mark.parametrize(("code", "said"), [(0, "verdict=accepted\n"), (1, "verdict=refused\n"), (2, "")])
def test_action_gives_the_code_of_the_gate(tmp_path: Path, code: int, said: str) -> None:
    """The script of the action ends as the gate does, says so, and compares with the target of a pull request."""
    upstream, clone = tmp_path / "upstream", tmp_path / "clone"
    git(tmp_path, "init", "-q", "-b", "main", str(upstream))
    commit(upstream, OLD)
    git(tmp_path, "clone", "-q", str(upstream), str(clone))
    bin_ = tmp_path / "contract-gate/bin"
    bin_.mkdir(parents=True)
    for name, text in (("astrbot-contract", COMMAND), ("pip", "#!/bin/sh\n"), ("python3", "#!/bin/sh\n")):
        (bin_ / name).write_text(text)
        (bin_ / name).chmod(0o755)
    given = {"CONTRACT": "openapi.yaml", "FAIL_ON": "warning", "TARGET": "main", "CALLS": str(tmp_path / "calls")}
    given |= {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    unset = dict.fromkeys(ACTION["runs"]["steps"][0]["env"], "")
    environment = os.environ | unset | given | {"RUNNER_TEMP": str(tmp_path), "CODE": str(code)}
    environment["PATH"] = f"{bin_}:{environment['PATH']}"

    script = ACTION["runs"]["steps"][0]["run"]
    done = subprocess.run(["bash", "-e", "-c", script], cwd=clone, env=environment, check=False)

    assert done.returncode == code
    assert (tmp_path / "GITHUB_OUTPUT").read_text() == said
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls == [
        f"gate --fail-on warning --base origin/main --format {form} -- openapi.yaml" for form in ("markdown", "github")
    ]


def test_calls_of_the_action_are_understood(call: Call, tmp_path: Path) -> None:
    """The command takes what the action hands over."""
    (tmp_path / "new.yaml").write_text(NARROWED)

    called = call("--fail-on", "warning", "--base", "old.yaml", "--format", "github", "--", "new.yaml")

    assert called.code == 1
    assert "::error " in called.out

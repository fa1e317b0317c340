"""`draft-overlay`: the draft of a release gives the operations and scopes of that release, and generate accepts it."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_conformance.cli.draft_overlay import draft_overlay
from astrbot_conformance.http.published_document import nameless
from astrbot_generator.releases import releases as built
from astrbot_reference import Settings, running

from tests.project.tree import ROOT

OLD, NEW = "4.28.2", "4.29.1"


def access(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """The scopes or areas that each operation of a contract requires, by method and path without parameter names."""
    return {
        f"{method.upper()} {nameless(path)}": sorted(
            {role for way in operation["security"] for role in next(iter(way.values()))}
        )
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict) and "responses" in operation
    }


def applied(draft: str, folder: Path) -> Mapping[str, Any]:
    """The contract of the release after OLD, built with this draft in place of all later overlays."""
    shutil.copytree(ROOT / "spec", folder / "spec")
    for overlay in (folder / "spec" / "overlays").iterdir():
        if overlay.name.removesuffix(".yaml") > OLD:
            overlay.unlink()
    (folder / "spec" / "overlays" / f"{NEW}.yaml").write_text(draft, "utf-8")
    return built(folder / "spec" / "openapi.yaml")[-1]


@pytest.fixture
def login(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of a server of the new release, whose login is in the environment."""
    settings = Settings(password="Secret-of-a-test-1", release=NEW)
    monkeypatch.setenv("ASTRBOT_USERNAME", settings.username)
    monkeypatch.setenv("ASTRBOT_PASSWORD", str(settings.password))
    return settings


@pytest.mark.slow
def test_the_draft_of_a_server_gives_its_operations_and_scopes(
    login: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The release is the stated one, and the contract that changes is the one before it."""
    with running(login) as url:
        code = draft_overlay([url, "--after", OLD])
    out, err = capsys.readouterr()
    contract = applied(out, tmp_path)

    assert (code, err) == (0, "")
    assert contract["x-release"] == NEW
    assert access(contract) == access(releases.contract(NEW).document())


@pytest.mark.slow
def test_members_of_responses_are_compared(login: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --after, the nearest older release; the draft names members that the responses lack or have besides."""
    with running(login) as url:
        draft_overlay([url, "--after", "4.29.3", "--release", "4.29.4"])
    out = capsys.readouterr().out

    assert "x-remove-entries: " in out
    assert all(name in out for name in ("trace_db_path", "trace_log_path", "Configuration"))


def test_the_draft_of_a_document_needs_the_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From a file, only the operations are compared."""
    document = dict(releases.contract(OLD).document())
    new = {"get": {"operationId": "list_moons_api_v1_moons_get", "summary": "List Moons", "x-astrbot-scope": "bot"}}
    document["paths"] = {**document["paths"], "/api/v1/moons": new}
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document))

    assert draft_overlay([str(file)]) == 2
    assert "--release" in capsys.readouterr().err
    assert draft_overlay([str(file), "--release", NEW]) == 0

    out = capsys.readouterr().out
    contract = applied(out, tmp_path)
    assert "# list_moons: TODO" in out
    assert "Published scope: bot." in out
    before = access(releases.contract(OLD).document())
    assert access(contract) == {**before, "GET /api/v1/moons": ["bot"]}


@pytest.mark.parametrize(
    ("content", "words", "wrong"),
    [
        (None, [], "cannot be read"),
        ("[", ["--release", "5.0"], "is not valid JSON"),
        ("{}", ["--release", "5.0"], "lists no operations"),
        ("{}", ["--release", "soon"], "not a version"),
        ("{}", ["--after", "4.0"], "has no contract"),
    ],
)
def test_a_bad_input_is_one_line(
    content: str | None, words: list[str], wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2, and nothing is written."""
    file = tmp_path / "openapi.json"
    if content is not None:
        file.write_text(content)

    code = draft_overlay([str(file), *words])
    out, err = capsys.readouterr()

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert wrong in err

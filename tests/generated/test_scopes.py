"""The tables of scopes, operations and requirements say what the contract says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from astrbot_api import operations, requirements, scopes
from astrbot_api.scopes import Scope
from astrbot_api.validation import document


def test_config_gives_bot_and_provider() -> None:
    """What follows from a scope is in its closure, and nothing else is."""
    assert scopes.closure(["config"]) == {"config", "bot", "provider"}
    assert scopes.closure(["bot", "provider"]) == {"bot", "provider"}
    assert scopes.closure(["system"]) == {"system"}
    assert scopes.sufficient(Scope.BOT) == {Scope.BOT, Scope.CONFIG}
    assert scopes.sufficient(Scope.CONFIG) == {Scope.CONFIG}


def test_every_operation_is_in_one_table() -> None:
    """An operation asks for a scope, lies in a closed area, or is public; never two of them."""
    for operation in operations.OPERATIONS:
        assert [operation.scope is not None, operation.closed_scope is not None, operation.public].count(True) == 1

    assert len(operations.KEYED) + len(operations.CLOSED) + len(operations.PUBLIC) == len(operations.OPERATIONS)


def test_the_table_repeats_the_contract() -> None:
    """Method, path, scope and side effect stand in the table as in the document."""
    for operation in operations.OPERATIONS:
        source = document()["paths"][operation.path][operation.method.lower()]
        roles = {role for way in source["security"] for listed in way.values() for role in listed}

        assert source["operationId"] == operation.id
        assert roles == {str(operation.scope or operation.closed_scope)} - {"None"}
        assert source["x-side-effect"] == operation.side_effect


def test_probes_follow_the_rule() -> None:
    """A probe names nothing that exists and sends a body that fits nothing, unless the contract says so."""
    for operation in operations.OPERATIONS:
        declared = document()["paths"][operation.path][operation.method.lower()].get("x-harmless-probe", {})
        probe = operation.probe

        assert (probe is None) == ("none" in declared)
        if probe is not None:
            names = {parameter.name for parameter in operation.parameters if parameter.param_in == "path"}
            assert dict(probe.path) == dict.fromkeys(names, "conform-none-1")
            assert dict(probe.query) == declared.get("query", {})
            assert probe.has_body == (operation.body is not None and declared.get("body") != "none")


def test_requirements_repeat_the_contract() -> None:
    """Each sentence stands in the table with its level and source."""
    assert {
        name: (requirement.level, requirement.sentence, requirement.source)
        for name, requirement in requirements.REQUIREMENTS.items()
    } == {
        name: (entry["level"], entry["sentence"], entry["source"])
        for name, entry in document()["x-requirements"].items()
    }


def test_the_generated_code_can_be_read() -> None:
    """What serves one release is below 12,500 lines, for some 300 operations; no later release needs as many more."""
    folder = Path(operations.__file__).parent
    lines = Counter[str]()
    for path in folder.rglob("*.py"):
        package = path.relative_to(folder).parts[0]
        lines[package if package.startswith("r4_") else "base"] += len(path.read_text("utf-8").splitlines())

    assert len(operations.OPERATIONS) > 290
    assert all(count < 13_000 for count in lines.values()), lines

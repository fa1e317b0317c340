"""The checks and the contract's requirements mirror each other, and no operation is left out."""

import importlib
import inspect
from collections.abc import Callable
from pathlib import Path

import astrbot_conformance.checks
from astrbot_api.operations import CLOSED, KEYED
from astrbot_api.requirements import REQUIREMENTS
from astrbot_conformance.requirement import enforced_by, operations_of

MODULES = sorted(Path(str(astrbot_conformance.checks.__file__)).parent.glob("test_*.py"))
CHECKS: list[Callable[..., None]] = [
    value
    for path in MODULES
    for name, value in vars(importlib.import_module(f"astrbot_conformance.checks.{path.stem}")).items()
    if name.startswith("test_")
]


def test_every_requirement_has_a_check_and_every_check_one() -> None:
    """A requirement that nothing enforces is a promise nobody keeps."""
    enforced = [enforced_by(check) for check in CHECKS]

    assert {found.id for found in enforced if found} == set(REQUIREMENTS)
    assert None not in enforced


def test_the_docstring_of_a_check_is_the_sentence_of_its_requirement() -> None:
    """Word for word, so that whoever reads the check reads the contract."""
    wrong = []
    for check in CHECKS:
        enforced = enforced_by(check)
        first = " ".join((inspect.getdoc(check) or "").split("\n\n")[0].split())
        if enforced is None or first != enforced.sentence:
            wrong.append(check.__name__)

    assert wrong == []


def test_a_check_is_named_after_its_requirement_and_stands_in_its_section() -> None:
    """From a requirement a newcomer writes down the file and the name of its check."""
    wrong = []
    for check in CHECKS:
        enforced = enforced_by(check)
        name = enforced.id.lower().replace("-", "_") if enforced else "?"
        section = check.__module__.rpartition(".test_")[2].partition("_")[0]
        if not check.__name__.startswith(f"test_{name.partition('_')[0]}_") or section not in name.split("_"):
            wrong.append(f"{check.__module__}.{check.__name__}")

    assert wrong == []


def test_the_scope_checks_cover_every_operation() -> None:
    """Each keyed operation is judged from both sides, each closed one is shown to be closed."""
    covered: dict[str, set[str]] = {}
    for check in CHECKS:
        enforced, over = enforced_by(check), operations_of(check)
        if enforced and over and over.sample is None:
            covered.setdefault(enforced.id, set()).update(operation.id for operation in over.operations)

    keyed = {operation.id for operation in KEYED}
    assert len(keyed) == 200
    for name in ("SCOPE-REQUIRED", "SCOPE-SUFFICIENT", "SCOPE-NOT-IMPLIED", "AUTH-REQUIRED"):
        assert keyed - covered[name] == set()
    assert {operation.id for operation in CLOSED} - covered["SCOPE-CLOSED"] == set()
    assert len(CLOSED) == 91

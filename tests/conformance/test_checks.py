"""The checks and the contract's requirements correspond to each other, and no operation is left out."""

import csv
import importlib
import inspect
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import astrbot_conformance.checks
import pytest
from astrbot_api import releases
from astrbot_conformance.contract import requirements_of_all_releases
from astrbot_conformance.verdict.requirement import marks_of

MODULES = sorted(Path(str(astrbot_conformance.checks.__file__)).parent.glob("test_*.py"))
CHECKS: list[Callable[..., None]] = [
    value
    for path in MODULES
    for name, value in vars(importlib.import_module(f"astrbot_conformance.checks.{path.stem}")).items()
    if name.startswith("test_")
]
SENTENCES = {
    requirement.sentence
    for release in releases.RELEASES
    for requirement in releases.contract(release).requirements.values()
}
MEASURED = csv.DictReader(
    (Path(__file__).parents[1] / "spec" / "operations_by_release.csv").read_text("utf-8").splitlines()
)
KEYED = Counter(release for row in MEASURED for release in releases.RELEASES if row[release])
"""release -> the number of operations that keys open, as measured."""


def test_every_requirement_has_a_check_and_every_check_a_requirement() -> None:
    """A requirement without a check would never be tested."""
    enforced = [marks_of(check).requirement for check in CHECKS]

    assert {name for name in enforced if name} == requirements_of_all_releases().keys()
    assert None not in enforced


def test_each_check_says_in_its_own_words_what_it_does() -> None:
    """No two docstrings are equal, and none repeats a sentence of the contract, which its decorator names already."""
    texts = Counter(" ".join((inspect.getdoc(check) or "").split()) for check in CHECKS)

    assert [text for text, times in texts.items() if times > 1 or not text] == []
    assert [text for text in texts if any(sentence in text for sentence in SENTENCES)] == []


def test_a_check_is_named_after_its_requirement() -> None:
    """The id of a requirement determines the file and the name of its check."""
    wrong = []
    for check in CHECKS:
        name = (marks_of(check).requirement or "?").lower().replace("-", "_")
        section = check.__module__.rpartition(".test_")[2].partition("_")[0]
        if not check.__name__.startswith(f"test_{name.partition('_')[0]}_") or section not in name.split("_"):
            wrong.append(f"{check.__module__}.{check.__name__}")

    assert wrong == []


@pytest.mark.parametrize("release", releases.RELEASES)
def test_the_scope_checks_cover_every_operation(release: str) -> None:
    """Each keyed operation of a release is judged with and without the scope; each closed operation is tested too."""
    contract = releases.contract(release)
    covered: dict[str, set[str]] = {}
    for check in CHECKS:
        enforced, over = marks_of(check).requirement, marks_of(check).over
        if enforced and over and over.sample is None and over.sample_if_slow is None:
            covered.setdefault(enforced, set()).update(o.id for o in marks_of(check).operations_in(contract))

    keyed = {operation.id for operation in contract.keyed}
    for name in ("SCOPE-REQUIRED", "SCOPE-SUFFICIENT", "SCOPE-NOT-IMPLIED", "AUTH-REQUIRED"):
        assert keyed - covered[name] == set()
    assert {operation.id for operation in contract.closed} - covered["SCOPE-CLOSED"] == set()
    assert len(keyed) == KEYED[release]
    assert len(contract.closed) == 91 or release != releases.BASE

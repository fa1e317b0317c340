"""The tables of a later release are printed as differences, and give the same values as the whole tables."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain, permutations
from pathlib import Path
from types import ModuleType

import pytest
from astrbot_api.merge import changed
from astrbot_api.releases import RELEASES, contract
from astrbot_generator.bundle import bundle
from astrbot_generator.code_plan import PlannedRequirement
from astrbot_generator.difference import difference
from astrbot_generator.plan import plan_code
from astrbot_generator.render import render

GENERATED = Path(__file__).parents[2] / "generated"


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> str:
    """Each release of our contract."""
    return str(request.param)


@pytest.fixture
def alone(release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The package that is generated from the bundle of one release, as if no other release existed."""
    package = contract(release).package.replace(".", "/")
    for path, text in render([plan_code(bundle(GENERATED / package / "openapi.json"))]).items():
        target = tmp_path / "alone" / path.name
        if path.suffix == ".py" and len(path.parts) == 2:
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("alone.releases")
    for name in [name for name in sys.modules if name.partition(".")[0] == "alone"]:
        del sys.modules[name]


def test_merged_tables_equal_whole_tables(release: str, alone: ModuleType) -> None:
    """Operations, requirements and scopes of a release equal those generated from its bundle alone, in order."""
    merged, whole = contract(release), alone.contract()

    assert [asdict(operation) for operation in merged.operations] == list(map(asdict, whole.operations))
    assert [*merged.requirements] == [*whole.requirements]
    assert list(map(asdict, merged.requirements.values())) == list(map(asdict, whole.requirements.values()))
    assert (merged.scopes, merged.closed_scopes) == (whole.scopes, whole.closed_scopes)
    assert (dict(merged.sub_scopes), dict(merged.implies)) == (dict(whole.sub_scopes), dict(whole.implies))
    assert {scope: asdict(meaning) for scope, meaning in merged.meanings.items()} == {
        scope: asdict(meaning) for scope, meaning in whole.meanings.items()
    }


def test_any_difference_gives_the_new_table() -> None:
    """Entries may be added, removed, replaced and moved in any combination."""

    def table(ids: tuple[str, ...], sentence: str) -> tuple[PlannedRequirement, ...]:
        return tuple(PlannedRequirement(name, "MUST", sentence if name in "AD" else "same", "us") for name in ids)

    before = table(("A", "B", "C", "D"), "old")
    for ids in chain.from_iterable(permutations("ABCDEF", length) for length in range(7)):
        after = table(ids, "new")
        printed = difference(before, after)
        values: dict[str, object] = {"changed": changed, "before": before, **dict(printed.lists)}

        assert eval(f"changed(before{printed.arguments})", values) == after  # noqa: S307 - our own text

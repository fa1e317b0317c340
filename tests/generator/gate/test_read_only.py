"""A request never contains a read-only member, and a response never a write-only one; neither does an example."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.generator.gate.small import INTEGER, STRING, Json, breaks, found, lists, objects, request, response


def _ro(schema: Json) -> Json:
    return {**schema, "readOnly": True}


def _wo(schema: Json) -> Json:
    return {**schema, "writeOnly": True}


ID = {"$ref": "#/components/schemas/Id"}
SHARED = {"Id": {"type": "string", "readOnly": True}}
CHILD = objects({"x": STRING}, readOnly=True)
CASES: list[tuple[str, Json, Json, bool, bool]] = [
    ("another type", objects({"id": _ro(STRING)}), objects({"id": _ro(INTEGER)}), False, True),
    ("a bound", objects({"id": _ro(STRING)}), objects({"id": _ro({**STRING, "maxLength": 5})}), False, False),
    ("required inside", objects({"m": CHILD}), objects({"m": {**CHILD, "required": ["x"]}}), False, False),
    ("removed", objects({"id": _ro(STRING)}), objects({}), False, True),
    ("added", objects({}), objects({"id": _ro(STRING)}, required=["id"]), False, False),
    ("of a closed object", objects({"a": _ro(STRING)}, additionalProperties=False), objects({}), False, True),
    ("became read-only", objects({"a": STRING}), objects({"a": _ro(STRING)}), True, False),
    ("no longer", objects({"a": _ro(STRING)}), objects({"a": STRING}), False, False),
    ("no longer, required", objects({"a": _ro(STRING)}), objects({"a": STRING}, required=["a"]), True, False),
    ("through a reference", objects({"a": ID}), objects({"a": ID, "b": STRING}, required=["a"]), False, False),
    ("of an item", lists(objects({"a": _ro(STRING)})), lists(objects({"a": _ro(INTEGER)})), False, True),
    ("in allOf", {"allOf": [objects({"a": _ro(STRING)})]}, {"allOf": [objects({"a": _ro(INTEGER)})]}, False, True),
    (
        "a dependency",
        objects({"a": STRING, "id": _ro(STRING)}),
        objects({"a": STRING, "id": _ro(STRING)}, dependentRequired={"a": ["id"]}),
        False,
        False,
    ),
    ("write-only, another type", objects({"p": _wo(STRING)}), objects({"p": _wo(INTEGER)}), True, False),
    ("write-only, removed", objects({"p": _wo(STRING)}), objects({}), False, False),
    ("write-only, required", objects({"p": _wo(STRING)}), objects({"p": _wo(STRING)}, required=["p"]), True, False),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_hidden_members(tmp_path: Path, case: tuple[str, Json, Json, bool, bool]) -> None:
    """A change of a member that is never sent breaks nobody."""
    _, old, new, narrowed, widened = case

    assert breaks(tmp_path, *(request(schema, schemas=SHARED) for schema in (old, new))) is narrowed
    assert _breaks_readers(tmp_path, old, new) is widened


def _breaks_readers(folder: Path, old: Json, new: Json) -> bool:
    findings = found(folder, *(response(schema, schemas=SHARED) for schema in (old, new)), readers="tolerant")
    return any(finding.level == "breaking" for finding in findings)


MEMBERS = st.dictionaries(
    st.sampled_from("abcd"), st.sampled_from([STRING, INTEGER, _ro(STRING), _wo(STRING)]), min_size=2
)
REQUIRED = st.lists(st.sampled_from("abcd"), unique=True)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(MEMBERS, MEMBERS, REQUIRED, REQUIRED)
def test_examples_do_not_contain_them(
    tmp_path_factory: pytest.TempPathFactory, old: Json, new: Json, one: list[str], other: list[str]
) -> None:
    """No example of a request contains a read-only member of the old contract, nor a response a write-only one."""
    folder = tmp_path_factory.mktemp("pair")
    pair = objects(old, required=one), objects(new, required=other)

    for place, members, word in ((request, old, "readOnly"), (response, new, "writeOnly")):
        hidden = {name for name, schema in members.items() if word in schema}
        for finding in found(folder, *map(place, pair)):
            if finding.witness and isinstance(finding.witness.value, dict):
                assert hidden.isdisjoint(finding.witness.value)

"""Values of every kind that JSON has."""

import json

from astrbot_conformance.inputs.values import FIRST, SECOND, VALUES


def test_every_kind_occurs() -> None:
    """Also each constant, the smallest value of each kind, and signs and fractions of numbers."""
    written = [json.dumps(value) for value in VALUES]

    assert {"true", "false", "[]", "{}", '""', "0"} <= set(written)
    assert any(value.startswith("-") for value in written)
    assert any(isinstance(value, float) and value % 1 for value in VALUES)
    assert any("null" in value and "false" in value for value in written if value[0] == "[")
    assert any("null" in value and "false" in value for value in written if value[0] == "{")


def test_the_second_value_of_each_member_differs() -> None:
    """Most are of another kind. A list and an object are replaced by another list and another object too."""
    assert list(FIRST) == list(SECOND) == [f"conform_{number}" for number in range(1, 15)]
    pairs = [(FIRST[name], SECOND[name]) for name in FIRST]
    same = [type(first) for first, second in pairs if type(first) is type(second)]

    assert all(json.dumps(first) != json.dumps(second) for first, second in pairs)
    assert sorted(map(json.dumps, FIRST.values())) == sorted(map(json.dumps, SECOND.values()))
    assert len(same) < 5
    assert {list, dict} <= set(same)

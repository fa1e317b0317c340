"""A form of any schema comes out as the value that was sent."""

from __future__ import annotations

import json
from typing import Any

from astrbot_api.document import Document
from astrbot_api.server.styles import form_value
from astrbot_api.server.wire import Place
from hypothesis import given, settings
from hypothesis import strategies as st

TEXTS = st.text("abz 019-,|[]{}\"'", max_size=5)
INTEGERS = st.integers(-(10**20), 10**20)
SCALARS: st.SearchStrategy[tuple[dict[str, Any], Any]] = st.one_of(
    st.tuples(st.just({"type": "integer"}), INTEGERS),
    st.tuples(st.just({"type": "number"}), st.floats(allow_nan=False, allow_infinity=False)),
    st.tuples(st.just({"type": "boolean"}), st.booleans()),
    st.tuples(st.just({"type": "string"}), TEXTS),
    st.tuples(st.just({"type": "string", "enum": ["1", "true", "null"]}), st.sampled_from(["1", "true", "null"])),
    st.tuples(st.just({"enum": [1, 2, True]}), st.sampled_from([1, 2, True])),
    st.tuples(st.just({"const": 5}), st.just(5)),
)
OBJECTS = st.tuples(
    st.just({"type": "object", "properties": {"a": {"type": "integer"}}}),
    st.dictionaries(st.sampled_from(["a", "b"]), INTEGERS),
)


def nullable(case: tuple[dict[str, Any], Any]) -> st.SearchStrategy[tuple[dict[str, Any], Any]]:
    """The case with a schema that also allows null; a string cannot be null in a form."""
    schema, value = case
    kinds = schema.get("type")
    spellings: list[dict[str, Any]] = [{"anyOf": [schema, {"type": "null"}]}, {"oneOf": [{"type": "null"}, schema]}]
    if isinstance(kinds, str) and "enum" not in schema:
        spellings.append({**schema, "type": [kinds, "null"]})
    values = st.just(value) if isinstance(value, str) else st.sampled_from([value, None])
    return st.tuples(st.sampled_from(spellings), values)


def wrapped(case: tuple[dict[str, Any], Any]) -> st.SearchStrategy[tuple[dict[str, Any], Any]]:
    """The case with the schema in `allOf`, alone or with a description."""
    schema, value = case
    return st.tuples(
        st.sampled_from([{"allOf": [schema]}, {"allOf": [schema, {"description": "It."}]}]), st.just(value)
    )


def list_of(case: tuple[dict[str, Any], Any]) -> st.SearchStrategy[tuple[dict[str, Any], Any]]:
    """A list with the value of the case, once or more."""
    schema, value = case
    return st.tuples(st.just({"type": "array", "items": schema}), st.lists(st.just(value), min_size=1, max_size=3))


PLAIN = st.one_of(SCALARS, OBJECTS)
LISTS = PLAIN.flatmap(list_of)
MEMBERS = st.one_of(PLAIN, LISTS, PLAIN.flatmap(nullable), PLAIN.flatmap(wrapped), LISTS.flatmap(wrapped))
FORMS = st.dictionaries(st.sampled_from(["a", "b", "c/d", "e~f", "g"]), MEMBERS, max_size=4)


def sent(name: str, value: Any) -> list[tuple[str, str]]:
    """The parts that a client sends for a member."""
    if isinstance(value, list):
        return [part for item in value for part in sent(name, item)]
    if value is None or isinstance(value, str):
        return [(name, value or "")]
    return [(name, json.dumps(value))]


class Single(Document):
    """A document with one schema."""

    def __init__(self, schema: Any) -> None:
        super().__init__("")
        self.__dict__["content"] = {"s": schema}


@settings(max_examples=300)
@given(form=FORMS, shared=st.booleans(), order=st.randoms(use_true_random=False))
def test_a_form_comes_out_as_it_was_sent(form: dict[str, tuple[Any, Any]], *, shared: bool, order: Any) -> None:
    """Numbers, lists, objects, null and `allOf`; the members of the form in one schema or spread over an `allOf`."""
    single = [{"type": "object", "properties": {name: schema}} for name, (schema, _) in form.items()]
    whole = {"type": "object", "properties": {name: schema for name, (schema, _) in form.items()}}
    document: Any = Single({"allOf": single} if shared else whole)
    value = {name: value for name, (_, value) in form.items()}
    groups = [sent(name, item) for name, item in value.items()]
    order.shuffle(groups)

    assert form_value(Place(document, ("#/s",)), {}, [part for group in groups for part in group]) == value

"""What the gate reads: identifiers, anchors, OpenAPI 3.2, broken old documents; old faults stay old."""

from __future__ import annotations

from pathlib import Path

import pytest
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.validity import problems

from tests.generator.gate.calling import Call
from tests.generator.gate.small import INTEGER, STRING, Json, breaks, document, found, lists, objects, request

LOCAL = {"A": {"$id": "https://e.org/a", **objects({"p": {"$ref": "#/$defs/X"}}), "$defs": {"X": STRING}}}
OTHER = {"A": {"$id": "https://e.org/a", **objects({"p": {"$ref": "b"}})}, "B": {"$id": "https://e.org/b", **STRING}}
ANCHORED = {"A": objects({"p": {"$ref": "#node"}}), "B": {"$anchor": "node", **STRING}}
DYNAMIC = {"A": objects({"p": {"$dynamicRef": "#node"}}), "B": {"$dynamicAnchor": "node", **STRING}}
ABSOLUTE = {"A": objects({"p": {"$ref": "https://e.org/b#/$defs/X"}}), "B": {"$id": "https://e.org/b"}}
ABSOLUTE["B"]["$defs"] = {"X": STRING}


def _changed(value: Json) -> Json:
    """Returns a copy in which every text is an integer."""
    if isinstance(value, dict):
        return {key: _changed(inner) for key, inner in value.items()}
    return "integer" if value == "string" else value


@pytest.mark.parametrize("schemas", [LOCAL, OTHER, ANCHORED, DYNAMIC, ABSOLUTE])
def test_identifiers(tmp_path: Path, schemas: Json) -> None:
    """A schema is compared through `$id`, `$anchor` and `$dynamicRef`."""
    body = {"$ref": "#/components/schemas/A"}

    assert breaks(tmp_path, request(body, schemas=schemas), request(body, schemas=_changed(schemas)))
    assert not breaks(tmp_path, request(body, schemas=schemas), request(body, schemas=schemas))


def test_anchor_is_a_pointer(tmp_path: Path) -> None:
    """An anchor and a pointer to the same schema are equal."""
    by_pointer = {**ANCHORED, "A": objects({"p": {"$ref": "#/components/schemas/B"}})}

    body = {"$ref": "#/components/schemas/A"}

    assert found(tmp_path, request(body, schemas=ANCHORED), request(body, schemas=by_pointer)) == []


def test_new_methods(tmp_path: Path) -> None:
    """OpenAPI 3.2 has the method `query`, further methods, and items of streams."""
    plain = {"responses": {"200": {"description": "Done"}}}
    old = document(version="3.2.0") | {"paths": {"/a": {"query": plain, "additionalOperations": {"LINK": plain}}}}
    items = [{"application/jsonl": {"itemSchema": schema}} for schema in (INTEGER, STRING)]
    answers = [{"responses": {"200": {"description": "Done", "content": content}}} for content in items]

    removed = found(tmp_path, old, {**old, "paths": {"/a": {}}})
    assert [finding.operation for finding in removed] == ["QUERY /a", "LINK /a"]
    assert breaks(tmp_path, *(document(answer, version="3.2.0") for answer in answers))


NOWHERE = {"$ref": "#/components/schemas/Nowhere"}


@pytest.mark.parametrize(
    ("old", "new", "schemas"),
    [
        (objects({"a": NOWHERE}), objects({"a": NOWHERE}), {"Nowhere": STRING}),
        (objects({"a": NOWHERE}), objects({"a": STRING}), {}),
        (lists(NOWHERE), lists(objects({"a": NOWHERE})), {"Nowhere": objects({"b": NOWHERE})}),
        (objects({"a": NOWHERE}), objects({"a": NOWHERE, "b": STRING}), {}),
    ],
)
def test_broken_references_of_the_old_document(tmp_path: Path, old: Json, new: Json, schemas: Json) -> None:
    """Fixing a broken reference breaks nothing; one that stays broken is no new fault."""
    assert not breaks(tmp_path, request(old), request(new, schemas=schemas))


def test_broken_reference_is_mentioned(call: Call, tmp_path: Path) -> None:
    """The output says which part was not compared; a new broken reference is an error."""
    text = (tmp_path / "old.yaml").read_text()
    (tmp_path / "bad.yaml").write_text(text.replace("schemas/Bot'", "schemas/Bat'"))

    fixed = call("--base", "bad.yaml", "--head", "old.yaml")
    assert fixed.code == 0
    assert "not compared: bad.yaml:12:49: `$ref: #/components/schemas/Bat` leads to nothing" in fixed.out
    assert call("--base", "old.yaml", "--head", "bad.yaml").code == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("info: {title: A, version: '1', title: B}", "info: {title: A, version: '1'}"),
        ("info: {title: A, version: '1'}\ncomponents: {schemas: {A: {$ref: 'no.yaml#/B'}}}", "info: {title: A}"),
    ],
)
def test_faults_that_a_change_fixes(call: Call, tmp_path: Path, old: str, new: str) -> None:
    """A base may repeat a key or refer to a missing file; a new contract may not."""
    for name, text in (("a.yaml", old), ("b.yaml", new)):
        (tmp_path / name).write_text(f"openapi: 3.1.0\n{text}\npaths: {{}}\n")

    assert call("--base", "a.yaml", "--head", "b.yaml", "--format", "json").code != 2
    assert call("--base", "b.yaml", "--head", "a.yaml").code == 2


def _documents(*values: Json) -> list[Document]:
    return [Document("a", value, None) for value in values]  # type: ignore[arg-type]


def _faulty(path: str = "/things", name: str = "T", position: int = 0, description: str = "") -> Json:
    """Returns a document with three faults: in a path, in a component and in a list."""
    whole = document(version="3.0.3")
    parameters: list[Json] = [{"name": "b", "in": "query", "schema": {}}] * position + [{"name": "a", "in": "nowhere"}]
    schema = {"description": description, "type": "text"}
    whole["paths"] = {path: {"get": {"parameters": parameters, "responses": {"200": {"content": {}}}}}}
    whole["components"] = {"schemas": {name: schema}}
    return whole


@pytest.mark.parametrize("new", [_faulty(description="It."), _faulty("/other"), _faulty(name="U"), _faulty(position=1)])
def test_old_faults_stay_old(new: Json) -> None:
    """A fault is old if it has the same place and keyword, although its path, component or index has another name."""
    base, head = _documents(_faulty(), new)

    fresh, old = problems(head, base)

    assert fresh == []
    assert len(old) >= 3


def test_new_fault_is_new() -> None:
    """One more fault of the same kind at the same place is new."""
    more = _faulty()
    more["paths"]["/things"]["get"]["parameters"].append({"name": "c", "in": "nowhere"})

    fresh, old = problems(*_documents(more, _faulty()))

    assert {problem.pointer.partition("/parameters/1")[1] for problem in fresh} == {"/parameters/1"}
    assert old

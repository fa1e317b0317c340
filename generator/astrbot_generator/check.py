"""Checks a bundled contract before any code is planned from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from astrbot_generator.embedded import is_dialect
from astrbot_generator.errors import ContractError, Position, Problem
from astrbot_generator.grammar import Found, held, members, walk_document
from astrbot_generator.keywords import keyword_notes, keyword_problems, shape_problems
from astrbot_generator.operation_rules import operation_problems
from astrbot_generator.pointer import join
from astrbot_generator.read import Table, problem_at
from astrbot_generator.scope_rules import vocabulary_problems
from astrbot_generator.structure import structure_problems

_IN_PLACE = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")


def check(document: Table) -> None:
    """Raises ContractError with every violation of OpenAPI 3.1, of JSON Schema and of our own rules."""
    problems = problems_of(document)
    if problems:
        raise ContractError(*problems)


def problems_of(document: Table, *, operations: bool = True) -> list[Problem]:
    """Returns every violation of OpenAPI 3.1, of JSON Schema and of our own rules, in the order of the files.

    operations: whether the rules for operations apply.
    """
    problems = list(structure_problems(document))
    if not problems:
        circles = list(_circle_problems(document))
        problems += _dialect_problems(document)
        problems += _schema_problems(document)
        problems += circles
        problems += vocabulary_problems(document)
        if operations and not circles:  # the rules of operations follow references, which must end
            problems += operation_problems(document)
    return sorted(dict.fromkeys(problems), key=_order)


def notes_of(document: Table) -> list[Problem]:
    """Returns the keywords that enforce nothing although their author may expect that."""
    found = (note for entry in walk_document(document) if entry.kind == "schema" for note in keyword_notes(entry))
    return sorted(dict.fromkeys(found), key=_order)


def _order(problem: Problem) -> tuple[Position | tuple[str], str]:
    position = problem.position if isinstance(problem.position, Position) else (problem.position,)
    return position, problem.pointer or ""


def _dialect_problems(document: Table) -> Iterator[Problem]:
    if "jsonSchemaDialect" in document and not is_dialect(document["jsonSchemaDialect"]):
        wrong = f"the schemas use another version of JSON Schema: `{document['jsonSchemaDialect']}`"
        yield problem_at(document, "jsonSchemaDialect", "", wrong, "use JSON Schema 2020-12, or remove the line")


def _schema_problems(document: Table) -> list[Problem]:
    problems: list[Problem] = []
    for found in walk_document(document):
        if found.kind == "schema":
            problems += keyword_problems(found)
    if not problems:
        for found in _outermost_schemas(document):
            problems += shape_problems(found)
    return problems


def _outermost_schemas(document: Table) -> Iterator[Found]:
    inside: str | None = None
    for found in walk_document(document):
        if inside is not None and found.pointer.startswith(inside):
            continue
        inside = None
        if found.kind == "schema":
            inside = found.pointer + "/"
            yield found


def _circle_problems(document: Table) -> Iterator[Problem]:
    """Yields references that lead back to themselves without a property or array between them."""
    components = document.get("components", {})
    for section, entries in components.items():
        if not isinstance(entries, Table):
            continue
        leads = {name: list(_leads(value, section)) for name, value in entries.items()}
        for name in entries:
            circle = _circle(name, leads)
            if circle:
                chain = " → ".join([*circle, name])
                wrong = f"`{chain}` is a circular reference that no value can satisfy"
                remedy = "put a property or an array between them, or remove a reference"
                yield problem_at(entries, name, join("/components", section), wrong, remedy)


def _leads(node: Any, section: str) -> Iterator[str]:
    """Yields the components that an object refers to for the same value, by its `$ref` or inside `allOf` and others."""
    if not isinstance(node, Table):
        return
    reference = node.get("$ref")
    start = f"#/components/{section}/"
    if isinstance(reference, str) and reference.startswith(start):
        yield reference.removeprefix(start).split("/")[0]
    for word, shape, _ in members("schema", node) if section == "schemas" else ():
        for holder, key, _ in held(shape, node, word) if word in _IN_PLACE else ():
            yield from _leads(holder[key], section)  # type: ignore[index]


def _circle(start: str, leads: dict[str, list[str]]) -> list[str] | None:
    """Returns the names that lead from `start` back to it, but only for the first name of the circle."""
    paths = [[start]]
    seen = {start}
    while paths:
        path = paths.pop()
        for name in leads.get(path[-1], ()):
            if name == start:
                return path if start == min(path) else None
            if name not in seen:
                seen.add(name)
                paths.append([*path, name])
    return None

"""Decides what of a contract is generated: reads other versions, and leaves out operations on request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from astrbot_generator.check import notes_of, problems_of
from astrbot_generator.contract_names import each_operation
from astrbot_generator.errors import ContractError, Problem
from astrbot_generator.pointer import join, pointer_of, split
from astrbot_generator.read import Table, position_of
from astrbot_generator.upgrade import allow_nullable, upgrade
from astrbot_generator.webhooks import not_served

Place = tuple[str, ...]
"""The first tokens of a JSON pointer, which name an operation or a component."""
_NEW_IN_3_2 = (("query",), ("additionalOperations",))


@dataclass
class Admission:
    """What the caller of the generator asks for, and what it must know about the result."""

    allow_nullable: bool = False
    """Whether `nullable: true` means that a schema allows null, as in OpenAPI 3.0."""
    skip_unsupported: bool = False
    """Whether operations that cannot be generated are left out."""
    models_only: bool = False
    """Whether only the models are generated."""
    notes: list[Problem] = field(default_factory=list)
    """What was left out, and keywords that enforce nothing."""

    def admit(self, document: Table) -> Table:
        """Returns the contract that is generated. Raises ContractError with every problem of the contract."""
        problems = upgrade(document)
        if self.allow_nullable:
            allow_nullable(document)
        problems = problems or problems_of(document, operations=not self.models_only)
        while problems and self.skip_unsupported:
            left_out = list(_leave_out(document, problems))
            if not left_out:
                break
            self.notes += left_out
            problems = problems_of(document, operations=not self.models_only)
        if problems:
            raise ContractError(*problems)
        self.notes += [note for note in (*notes_of(document), *not_served(document)) if note not in self.notes]
        return document


def _leave_out(document: Table, problems: list[Problem]) -> Iterator[Problem]:
    """Removes the operations and components with problems, and yields a note for each removed operation."""
    reasons: dict[Place, Problem] = {}
    for problem in problems:
        reasons.setdefault(tuple(split(problem.pointer or ""))[:3], problem)
    components = {place: problem for place, problem in reasons.items() if place[:1] == ("components",)}
    bad = _with_users(document, {place: problem for place, problem in components.items() if len(place) == 3})
    for path, method in [place[1:] for place in reasons if place[:1] == ("paths",) and place[2:] in _NEW_IN_3_2]:
        problem = reasons["paths", path, method]
        yield Problem(problem.position, problem.pointer, f"left out: `{path}`: {problem.wrong}", problem.remedy)
        del document["paths"][path][method]
    for method, path, item, operation in list(each_operation(document)):
        own = reasons.get(("paths", path, method)) or reasons.get(("paths", path, "parameters"))
        reached = _reaches([operation, item.get("parameters")])
        reason = own or next((bad[place] for place in reached if place in bad), None)
        if reason is not None:
            wrong = f"left out: `{method.upper()} {path}`, because {reason.wrong}"
            yield Problem(position_of(item, method), join("/paths", path, method), wrong, reason.remedy)
            del item[method]
    yield from _remove_webhooks(document, reasons, bad)
    for _, section, name in bad:
        document["components"][section].pop(name, None)


def _remove_webhooks(document: Table, reasons: dict[Place, Problem], bad: dict[Place, Problem]) -> Iterator[Problem]:
    webhooks = document.get("webhooks") or Table(document.position)
    for name in list(webhooks):
        own = next((problem for place, problem in reasons.items() if place[:2] == ("webhooks", name)), None)
        reason = own or next((bad[place] for place in _reaches(webhooks[name]) if place in bad), None)
        if reason is not None:
            wrong = f"left out: the webhook `{name}`, because {reason.wrong}"
            yield Problem(position_of(webhooks, name), join("/webhooks", name), wrong, reason.remedy)
            del webhooks[name]


def _with_users(document: Table, bad: dict[Place, Problem]) -> dict[Place, Problem]:
    """Returns the bad components, and every component that refers to one of them, directly or through others."""
    refers: dict[Place, list[Place]] = {
        ("components", section, name): _reaches(value)
        for section, entries in (document.get("components") or {}).items()
        if isinstance(entries, Table)
        for name, value in entries.items()
    }
    found = dict(bad)
    while True:
        more: dict[Place, Problem] = {
            place: found[next(other for other in reached if other in found)]
            for place, reached in refers.items()
            if place not in found and any(other in found for other in reached)
        }
        if not more:
            return found
        found |= more


def _reaches(value: Any) -> list[Place]:
    """Returns the components that the references in a value lead to."""
    found: list[Place] = []
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str) and reference.startswith("#/components/"):
                found.append(tuple(split(pointer_of(reference)))[:3])
            mapping = node.get("mapping")
            texts = mapping.values() if isinstance(mapping, dict) else ()
            found += [tuple(split(text[1:]))[:3] for text in texts if isinstance(text, str) and text.startswith("#/")]
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return found

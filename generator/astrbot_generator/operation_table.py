"""Names for values that many operations of a table share: responses and security alternatives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from astrbot_generator.code_plan import Plan, PlannedAnswer, PlannedOperation, PlannedRequirement, Ways, roles_of
from astrbot_generator.difference import PrintedTable, difference, whole
from astrbot_generator.names import constant, free_name
from astrbot_generator.quoted_text import Identifier, PythonText, literal, python

_STATUS_NAMES = {
    "400": "BAD_REQUEST",
    "401": "UNAUTHORIZED",
    "403": "FORBIDDEN",
    "404": "NOT_FOUND",
    "409": "CONFLICT",
    "422": "UNPROCESSABLE",
    "429": "TOO_MANY_REQUESTS",
}

SOCKETS = Identifier("WEBSOCKETS")


class OperationTable:
    """The entries that a table prints, and the names of their shared values.

    The WebSockets of a contract are few, so every release prints all of them.
    """

    def __init__(self, plan: Plan, before: Plan | None) -> None:
        self.entries = (
            difference(before.operations, plan.operations, _content) if before else whole("OPERATIONS", plan.operations)
        )
        self.lists = [*self.entries.lists, *([(SOCKETS, plan.sockets)] if plan.sockets else [])]
        printed = [operation for _, operations in self.lists for operation in operations]
        answers = Counter(answer for operation in printed for answer in operation.answers)
        given: set[str] = set()
        self._answers = _named([a for a, count in answers.items() if count > 2], self._answer_name, given)
        self._ways = _named(dict.fromkeys(o.security for o in printed if o.security), self._way_name, given)
        self.shared_answers = [(name, answer) for answer, name in self._answers.items()]
        self.shared_ways = [(name, ways) for ways, name in self._ways.items()]

    def answer_arguments(self, answer: PlannedAnswer) -> PythonText:
        """Returns the arguments of `Answer(...)`."""
        media_type = Identifier("_JSON") if answer.media_type == "application/json" else literal(answer.media_type)
        events = python(", {}", literal(answer.events)) if answer.events else python("")
        return python("{}, {}, {}{}", literal(answer.status), media_type, literal(answer.pointer), events)

    def answers(self, answers: Iterable[PlannedAnswer]) -> list[PythonText]:
        """Returns responses, each by its name if it has one."""
        return [self._answers.get(answer) or python("Answer({})", self.answer_arguments(answer)) for answer in answers]

    def ways(self, ways: Ways) -> PythonText:
        """Returns the name of security alternatives."""
        return self._ways[ways]

    @staticmethod
    def _answer_name(answer: PlannedAnswer) -> str:
        if answer.status in _STATUS_NAMES:
            return f"_{_STATUS_NAMES[answer.status]}"
        last = (answer.pointer or "empty").rpartition("/")[2]
        word = last if last.isidentifier() and last != "schema" else "answer"
        return f"_{_upper(word)}_{_upper(answer.status)}"

    @staticmethod
    def _way_name(ways: Ways) -> str:
        words = "_".join(roles_of(ways))
        return f"_BY_{_upper(words)}" if words.isidentifier() else "_BY_SCHEME"


def requirement_table(plan: Plan, before: Plan | None) -> PrintedTable[PlannedRequirement]:
    """Returns the requirements that the module of a release prints."""
    return difference(before.requirements, plan.requirements) if before else whole("_ALL", plan.requirements)


def _content(operation: PlannedOperation) -> tuple[Any, ...]:
    """Returns the values of an operation that the table prints; other members of a plan serve services and pages."""
    o, body = operation, operation.body
    return (
        (o.method, o.path, o.tag, o.summary, o.side_effect, o.refusal, o.alias_of, o.answers, o.probe),
        (o.scope and o.scope.name, o.sub_scope_names, o.closed_scope, o.public, o.security),
        [(p.name, p.param_in, p.required, p.type, p.slashes) for p in o.parameters],
        body and (body.media_types, body.required, body.schema, body.pointer, body.content),
    )


def _upper(word: str) -> str:
    """Returns a word in capitals; a word that is not ASCII becomes the name of a constant."""
    return word.upper() if word.isascii() else constant(word)


def _named(values: Iterable[Any], name: Callable[[Any], str], given: set[str]) -> dict[Any, Identifier]:
    """Returns a unique name for each value, and adds it to the given names."""
    named: dict[Any, Identifier] = {}
    for value in values:
        named[value] = free_name(name(value), given)
        given.add(named[value])
    return named

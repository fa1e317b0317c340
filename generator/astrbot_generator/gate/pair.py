"""Matches the parts of the old and the new document."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from astrbot_generator.gate.access import Access, Admission, ScopeSource, renamed_schemes
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.operations import Operation, Parameter, Part, operations_of
from astrbot_generator.gate.references import references
from astrbot_generator.gate.schema.comparison import text
from astrbot_generator.gate.servers import full_addresses
from astrbot_generator.pointer import join, pointer_of


@dataclass(frozen=True)
class OperationPair:
    """An operation in both documents."""

    old: Operation
    new: Operation
    admitted: tuple[Admission, Admission]
    """The required credentials, old and new."""
    pair: Pair

    def parameters(self) -> tuple[list[tuple[Parameter, Parameter]], list[Parameter], list[Parameter]]:
        """Returns its parameters: in both, removed, added. Path parameters are matched by their index in the path."""
        old = {self._parameter_key(p, self.old): p for p in self.old.parameters()}
        new = {self._parameter_key(p, self.new): p for p in self.new.parameters()}
        both = [(old[key], new[key]) for key in new if key in old]
        return both, [old[key] for key in old if key not in new], [new[key] for key in new if key not in old]

    @staticmethod
    def _parameter_key(parameter: Parameter, operation: Operation) -> tuple[str, str]:
        if parameter.param_in == "path":
            return "path", str(operation.path.split("{" + str(parameter.value.get("name")) + "}")[0].count("{"))
        return parameter.param_in, parameter.name

    def subject(self, parameter: Parameter) -> str:
        """Returns the name of a parameter in fingerprints, because its index in the list may change."""
        return f"{self.new.pointer}/parameters/{parameter.param_in}:{parameter.name}"

    def answer_subject(self, status: str, *tokens: str) -> str:
        """Returns the name of a response, or of a part of it, in fingerprints."""
        return join(self.new.pointer, "responses", status, *tokens)

    def bodies(self) -> tuple[Part | None, Part | None]:
        """Returns its request body, old and new."""
        return self.old.body(), self.new.body()

    def answers(self) -> list[tuple[str, Part, Part]]:
        """Returns the responses in both: (status, old, new); a status may match a range or `default`."""
        return list(_in_both(self.old.answers(), self.new.answers(), covering))

    def headers(self, status: str, old: Part, new: Part) -> Iterator[tuple[str, str, Part, Part]]:
        """Yields the headers that a response has in both: (description, subject in fingerprints, old, new)."""
        headers = self.new.headers(new)
        for name, header in self.old.headers(old).items():
            if name in headers:
                what = f"the header `{name}` of the response {status}"
                yield what, self.answer_subject(status, "headers", name), header, headers[name]

    def contents(self, old: Part, new: Part) -> list[tuple[str, Part, Part]]:
        """Returns the media types in both: (name, old, new); a type may match a range such as `image/*`."""
        return list(_in_both(self.old.contents(old), self.new.contents(new), media_range))


def _in_both(
    old: dict[str, Part], new: dict[str, Part], range_of: Callable[[str, Container[str]], str | None]
) -> Iterator[tuple[str, Part, Part]]:
    """Yields the parts in both: (name, old, new); a name may match a range on the other side."""
    for name in dict.fromkeys((*new, *old)):
        ends = [name if name in parts else range_of(name, parts) for parts in (old, new)]
        if ends[0] and ends[1]:
            yield name, old[ends[0]], new[ends[1]]


def covering(status: str, answers: Container[str]) -> str | None:
    """Returns the range or `default` that covers a status."""
    return next((name for name in (f"{status[:1]}XX", "default") if name in answers and name != status), None)


def media_range(name: str, contents: Container[str]) -> str | None:
    """Returns the range that covers a media type: `image/*` or `*/*`."""
    ranges = (f"{name.partition('/')[0]}/*", "*/*")
    return next((range_ for range_ in ranges if range_ in contents and range_ != name), None)


class Pair:
    """Two documents with matched operations."""

    def __init__(
        self, base: Document, head: Document, *, source: ScopeSource | None = None, today: date | None = None
    ) -> None:
        self.base = base
        self.head = head
        self.source = source or ScopeSource()
        self.today = today
        self.access = (Access(base, self.source), Access(head, self.source, renamed_schemes(base, head)))
        old, new = list(operations_of(base)), list(operations_of(head))
        self.operations = (old, new)
        by_key = {operation.key: operation for operation in old} | {(o.method, o.path): o for o in old}
        by_address = _by_address(old, new) if base.value.get("servers") != head.value.get("servers") else {}
        self.both: list[OperationPair] = []
        matched = set()
        self.added: list[Operation] = []
        for operation in new:
            twin = by_address.get(str(operation))
            twin = twin or by_key.get((operation.method, operation.path)) or by_key.get(operation.key)
            if twin and str(twin) not in matched and twin.is_callback == operation.is_callback:
                matched.add(str(twin))
                admitted = (self.access[0].of(twin), self.access[1].of(operation))
                self.both.append(OperationPair(twin, operation, admitted, self))
            else:
                self.added.append(operation)
        self.removed = [operation for operation in old if str(operation) not in matched]

    def moved(self) -> Iterator[tuple[Operation, Operation]]:
        """Yields operations that have the same operationId at another path or method."""
        by_id = {operation.id: operation for operation in self.added if operation.id}
        for operation in self.removed:
            if operation.id in by_id:
                yield operation, by_id[operation.id]

    @cached_property
    def sameness(self) -> Sameness:
        """Compares parts of the two documents literally."""
        return Sameness(self.base, self.head)


def _by_address(old: list[Operation], new: list[Operation]) -> dict[str, Operation]:
    """Returns the old operation of each new one with the same full URL, if the URLs of the servers changed."""
    known = {(operation.method, address): operation for operation in old for address in full_addresses(operation)}
    found = {}
    for operation in new:
        twins = (known.get((operation.method, address)) for address in sorted(full_addresses(operation)))
        twin = next((twin for twin in twins if twin and twin.is_callback == operation.is_callback), None)
        if twin and not operation.is_callback:
            found[str(operation)] = twin
    return found


class Sameness:
    """Compares parts of two documents literally, through every `$ref`."""

    def __init__(self, base: Document, head: Document) -> None:
        self.base = base
        self.head = head
        self.targets: dict[str, tuple[bool, frozenset[str]]] = {}
        self.whole: dict[str, bool] = {}

    def same(self, old: Any, new: Any) -> bool:
        """Returns whether two values and everything that they refer to are equal."""
        if self.base.is_3_0 is not self.head.is_3_0 or (old is not new and text(old) != text(new)):
            return False  # the same keywords may mean something else in 3.0 and 3.1
        return all(map(self._same_target, _referred(old)))

    def _same_target(self, pointer: str) -> bool:
        if pointer not in self.whole:
            seen: set[str] = set()
            waiting = [pointer]
            equal = True
            while waiting and equal:
                at = waiting.pop()
                if at not in seen:
                    seen.add(at)
                    equal, inner = self._one(at)
                    waiting.extend(inner)
            self.whole[pointer] = equal
        return self.whole[pointer]

    def _one(self, pointer: str) -> tuple[bool, frozenset[str]]:
        if pointer not in self.targets:
            try:
                old, new = self.base.at(pointer), self.head.at(pointer)
                families = [document.families.get(pointer) for document in (self.base, self.head)]
                equal = text(old) == text(new) and families[0] == families[1]
                inner = _referred(old) if equal else frozenset()
                inner |= frozenset(families[0].names if families[0] else ()) - {pointer}
            except KeyError:
                equal, inner = False, frozenset()
            self.targets[pointer] = (equal, inner)
        return self.targets[pointer]


def _referred(part: Any) -> frozenset[str]:
    """Returns the pointers that a part refers to directly."""
    return frozenset(pointer_of(reference) for _, reference in references(part))

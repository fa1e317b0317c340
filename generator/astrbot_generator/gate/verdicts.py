"""Judges two schemas: finds differences, searches for examples, drops proven harmless ones, and names the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from astrbot_generator.gate.catalogue import Rule, load, rule_of
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.finding import Direction, Level
from astrbot_generator.gate.schema.compare import differences
from astrbot_generator.gate.schema.comparison import Comparison
from astrbot_generator.gate.schema.difference import ANNOTATIONS, ONLY_IF_SHOWN, Difference
from astrbot_generator.gate.schema.normalize import Node, NormalizedSchemas, Side
from astrbot_generator.gate.schema.oracle import Oracle
from astrbot_generator.gate.schema.witness import Search, Witness


@dataclass(frozen=True)
class Verdict:
    """A difference and the rule that names it."""

    rule: Rule
    difference: Difference
    witness: Witness | None
    old: str
    """The pointer in the old document, or to the innermost part around it if it does not exist there."""
    new: str
    """The same in the new document."""

    @property
    def message(self) -> str:
        """The difference in words, with a note if no example was found."""
        text: str = self.rule.check(self.difference)
        shown = self.witness is not None or self.rule.level is not Level.BREAKING
        return text if shown else f"{text} (no witness found)"


_NEAR = 2
"""How many levels around a composed difference are tested for a proof that it is harmless."""


_COMPOSED = frozenset(("type", "enum", "null", "branch", "generic", "contains", "required", "dependent"))
"""Kinds that are often reported at an outer level too."""


class Tools(NamedTuple):
    """The tools that compare A with B."""

    comparison: Comparison
    oracle: Oracle
    search: Search

    def refuted(self, difference: Difference, levels: int | None = None) -> bool:
        """Returns whether a proof shows that B allows all values of A, at one of the `levels` innermost levels."""
        return any(self.oracle.covered(a, b) for a, b in difference.levels[:levels])


class SchemaJudge:
    """Judges the schemas of two documents; shared schemas are judged once."""

    def __init__(self, base: Document, head: Document) -> None:
        sides: tuple[Side, ...] = ("request", "response", "text")
        self.old = {side: NormalizedSchemas(base, side) for side in sides}
        self.new = {side: NormalizedSchemas(head, side) for side in sides}
        self.tools: dict[tuple[Direction, Side, bool], Tools] = {}
        self.known: dict[tuple[Any, ...], list[Verdict]] = {}

    def judge(self, direction: Direction, old: str, new: str, *, as_text: bool = False) -> list[Verdict]:
        """Returns the verdicts on the schemas at two pointers, for values that are sent in this direction."""
        side: Side = "text" if as_text else direction
        old, new = self._end(self.old[side], old), self._end(self.new[side], new)
        key = (direction, side, old, new)
        if key not in self.known:
            self.known[key] = list(self._verdicts(direction, side, old, new))
        return self.known[key]

    @staticmethod
    def _end(schemas: NormalizedSchemas, pointer: str) -> str:
        """Returns the pointer after following schemas that are only a `$ref`, so that operations share verdicts."""
        node = schemas.node(pointer)
        while isinstance(node.value, dict) and set(node.value) == {"$ref"}:
            referred = schemas.referred(node)
            if referred is None or referred.pointer == pointer:
                break
            node = referred
        return node.pointer

    def _tools(self, direction: Direction, side: Side, *, back: bool) -> Tools:
        """Returns the tools for A and B: A is old in requests and new in responses; `back` swaps them."""
        key = (direction, side, back)
        if key not in self.tools:
            sides = (self.old[side], self.new[side])
            a, b = sides if (direction == "request") is not back else sides[::-1]
            oracle = Oracle(a, b)
            self.tools[key] = Tools(Comparison(a, b), oracle, Search(a, b, oracle))
        return self.tools[key]

    def _verdicts(self, direction: Direction, side: Side, old: str, new: str) -> Iterator[Verdict]:
        before, after = self.old[side].node(old), self.new[side].node(new)
        tools = self._tools(direction, side, back=False)
        a, b = (before, after) if direction == "request" else (after, before)
        if tools.comparison.same([a], [b]):
            return
        named = False
        candidates = differences(tools.comparison, a, b)
        for difference in candidates:
            if difference.kind in ANNOTATIONS:
                yield from self._verdict(difference, direction, back=False)
            else:
                for verdict in self._shown(difference, direction, tools, (a, b)):
                    named = True
                    yield verdict
        if candidates and not named and not tools.oracle.covered((a,), (b,)):
            found = tools.search.of_schemas(a, b)
            if found is not None:
                difference = Difference("generic", (a,), (b,), a.pointer, b.pointer)
                yield self._made(load()["unclassified-break"], difference, found, direction, back=False)
        yield from self._possible(direction, side, a, b)

    def _shown(
        self, difference: Difference, direction: Direction, tools: Tools, ends: tuple[Node, Node]
    ) -> Iterator[Verdict]:
        if difference.kind == "generic":
            witness = tools.search.of_difference(difference, *ends)
            name = "unclassified-break" if witness else "change-not-judged"
            if witness or not tools.refuted(difference):
                yield self._made(load()[name], difference, witness, direction, back=False)
            return
        rule = rule_of(difference, direction, flipped=False)
        if rule is None:
            return
        needs_witness = rule.level is not Level.INFORMATION
        witness = tools.search.of_difference(difference, *ends) if needs_witness else None
        doubtful = needs_witness and witness is None
        if not (doubtful and (difference.kind in ONLY_IF_SHOWN or tools.refuted(difference))):
            yield self._made(rule, difference, witness, direction, back=False)

    def _possible(self, direction: Direction, side: Side, a: Node, b: Node) -> Iterator[Verdict]:
        """Yields the verdicts on values that became possible."""
        tools = self._tools(direction, side, back=True)
        for difference in differences(tools.comparison, b, a):
            doubtful = difference.kind in _COMPOSED or any(step.label == "branch" for step in difference.trail)
            if difference.kind in ANNOTATIONS or not (
                difference.kind in ONLY_IF_SHOWN or tools.refuted(difference, _NEAR if doubtful else 1)
            ):
                yield from self._verdict(difference, direction, back=True)

    def _verdict(self, difference: Difference, direction: Direction, *, back: bool) -> Iterator[Verdict]:
        """Yields the verdict on a difference that needs no witness."""
        rule = rule_of(difference, direction, flipped=back)
        if rule is not None:
            yield self._made(rule, difference, None, direction, back=back)

    @staticmethod
    def _made(
        rule: Rule, difference: Difference, witness: Witness | None, direction: Direction, *, back: bool
    ) -> Verdict:
        a_is_old = (direction == "request") is not back
        old, new = (difference.at_a, difference.at_b) if a_is_old else (difference.at_b, difference.at_a)
        return Verdict(rule, difference, witness, old, new)

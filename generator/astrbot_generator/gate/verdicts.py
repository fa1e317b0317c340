"""Judges two schemas: finds differences, searches for examples, drops proven harmless ones, and names the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from astrbot_generator.gate.catalogue import Rule, load, of_area
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.finding import Direction, Level
from astrbot_generator.gate.schema.compare import differences
from astrbot_generator.gate.schema.comparison import Comparison
from astrbot_generator.gate.schema.difference import ANNOTATIONS, ONLY_IF_SHOWN, Difference
from astrbot_generator.gate.schema.languages import Languages
from astrbot_generator.gate.schema.normalize import Medium, Node, NormalizedSchemas
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

    direction: Direction
    flipped: bool
    """Whether the differences are values that became possible instead of impossible."""
    comparison: Comparison
    oracle: Oracle
    search: Search

    def refuted(self, difference: Difference, levels: int | None = None) -> bool:
        """Returns whether a proof shows that B allows all values of A, at one of the `levels` innermost levels."""
        return any(self.oracle.covered(a, b) for a, b in difference.levels[:levels])

    def only_if_shown(self, difference: Difference) -> bool:
        """Returns whether a difference is reported only with an example: numbers and texts can be equal on the wire."""
        as_text = not self.flipped and self.comparison.a.medium != "json"
        return difference.kind in ONLY_IF_SHOWN or (as_text and difference.kind in ("type", "enum", "branch", "null"))

    def absorbed(self, difference: Difference) -> bool:
        """Returns whether an alternative is narrower, but other alternatives allow or reject all the values found."""
        branches = [index for index, step in enumerate(difference.trail) if step.label == "branch"]
        return any(self.search.absorbed(difference, index) for index in reversed(branches))

    def rule(self, difference: Difference) -> Rule | None:
        """Returns the rule that names a difference; None if there is none."""
        for rule in of_area("schema"):
            fits = difference.kind in rule.kinds and (rule.direction, rule.flipped) == (self.direction, self.flipped)
            if fits and rule.when(difference):
                return rule
        return None

    def verdict(self, rule: Rule, difference: Difference, witness: Witness | None = None) -> Verdict:
        """Returns the verdict on a difference."""
        a_is_old = (self.direction == "request") is not self.flipped
        old, new = (difference.at_a, difference.at_b) if a_is_old else (difference.at_b, difference.at_a)
        return Verdict(rule, difference, witness, old, new)


class SchemaJudge:
    """Judges the schemas of two documents; shared schemas are judged once."""

    def __init__(self, base: Document, head: Document) -> None:
        self.documents = (base, head)
        self.schemas: dict[tuple[bool, Direction, Medium], NormalizedSchemas] = {}
        self.tools: dict[tuple[Direction, Medium, bool], Tools] = {}
        self.known: dict[tuple[Any, ...], list[Verdict]] = {}
        self.languages = Languages()

    def judge(self, direction: Direction, old: str, new: str, medium: Medium = "json") -> list[Verdict]:
        """Returns the verdicts on the schemas at two pointers, for values that are sent in this direction."""
        one, other = self.sides(direction, medium)
        old, new = self._end(one, old), self._end(other, new)
        key = (direction, medium, old, new)
        if key not in self.known:
            self.known[key] = list(self._verdicts(direction, medium, old, new))
        return self.known[key]

    def sides(self, direction: Direction, medium: Medium = "json") -> tuple[NormalizedSchemas, NormalizedSchemas]:
        """Returns the schemas of the old and of the new document, for values that are sent in this direction."""
        found = []
        for is_new, document in enumerate(self.documents):
            key = (bool(is_new), direction, medium)
            if key not in self.schemas:
                self.schemas[key] = NormalizedSchemas(document, direction, medium)
            found.append(self.schemas[key])
        return found[0], found[1]

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

    def _tools(self, direction: Direction, medium: Medium, *, flipped: bool) -> Tools:
        """Returns the tools for A and B: A is old in requests and new in responses; `flipped` swaps them."""
        key = (direction, medium, flipped)
        if key not in self.tools:
            sides = self.sides(direction, medium)
            a, b = sides if (direction == "request") is not flipped else sides[::-1]
            oracle = Oracle(a, b)
            comparison = Comparison(a, b, self.languages)
            self.tools[key] = Tools(direction, flipped, comparison, oracle, Search(a, b, oracle, self.languages))
        return self.tools[key]

    def _verdicts(self, direction: Direction, medium: Medium, old: str, new: str) -> Iterator[Verdict]:
        one, other = self.sides(direction, medium)
        before, after = one.node(old), other.node(new)
        a, b = (before, after) if direction == "request" else (after, before)
        tools = self._tools(direction, medium, flipped=False)
        if not tools.comparison.same([a], [b]):
            yield from _impossible(tools, a, b)
            yield from _possible(self._tools(direction, medium, flipped=True), b, a)


def _impossible(tools: Tools, a: Node, b: Node) -> Iterator[Verdict]:
    """Yields the verdicts on values that became impossible."""
    named = False
    candidates = differences(tools.comparison, a, b)
    for difference in candidates:
        for verdict in _shown(tools, difference, a, b):
            named = named or difference.kind not in ANNOTATIONS
            yield verdict
    if candidates and not named and not tools.oracle.covered((a,), (b,)):
        found = tools.search.of_schemas(a, b)
        if found is not None:
            difference = Difference("generic", (a,), (b,), a.pointer, b.pointer)
            yield tools.verdict(load()["unclassified-break"], difference, found)


def _shown(tools: Tools, difference: Difference, a: Node, b: Node) -> Iterator[Verdict]:
    """Yields the verdict on a difference, with a witness if one was found; nothing if it is proven harmless."""
    if difference.kind == "generic":
        witness = tools.search.of_difference(difference, a, b)
        name = "unclassified-break" if witness else "change-not-judged"
        if witness or not tools.refuted(difference):
            yield tools.verdict(load()[name], difference, witness)
        return
    rule = tools.rule(difference)
    if rule is None:
        return
    needs_witness = rule.level is Level.BREAKING or (rule.level is Level.WARNING and difference.kind not in ANNOTATIONS)
    witness = tools.search.of_difference(difference, a, b) if needs_witness else None
    if witness is None and needs_witness and difference.kind not in ANNOTATIONS:
        if tools.only_if_shown(difference) or tools.refuted(difference):
            return
        if difference.undecided or tools.absorbed(difference) or tools.search.needs_undeclared(difference):
            rule = load()["change-not-judged"]
    yield tools.verdict(rule, difference, witness)


def _possible(tools: Tools, a: Node, b: Node) -> Iterator[Verdict]:
    """Yields the verdicts on values that became possible."""
    for difference in differences(tools.comparison, a, b):
        if difference.undecided:
            continue
        doubtful = difference.kind in _COMPOSED or any(step.label == "branch" for step in difference.trail)
        if difference.kind in ANNOTATIONS or not (
            tools.only_if_shown(difference) or tools.refuted(difference, _NEAR if doubtful else 1)
        ):
            yield from _named(tools, difference)


def _named(tools: Tools, difference: Difference) -> Iterator[Verdict]:
    """Yields the verdict on a difference that needs no witness."""
    rule = tools.rule(difference)
    if rule is not None:
        yield tools.verdict(rule, difference)

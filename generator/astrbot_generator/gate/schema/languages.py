"""Decides whether every string that follows some patterns and lengths follows another, and finds strings that do not.

The automata are made deterministic on demand, and every question has a limited number of steps: a pattern whose
deterministic automaton is exponentially large remains undecided.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from astrbot_generator.gate.schema.automaton import pattern_of
from astrbot_generator.gate.schema.machines import Alphabet, Budget, Deterministic, Fuel, Length, Machine, Undecided

_STEPS = 300_000
"""The most edges that are followed for one question."""
_ALL_STEPS = 20_000_000
"""The most edges that are followed in one run."""
_MOST_LENGTH = 300


class Demand(NamedTuple):
    """What a string must follow: a pattern, or a length."""

    pattern: str | None = None
    least: int = 0
    most: int | None = None


class Answer(NamedTuple):
    """Whether every string is kept; None if that is unknown. The example is a string that is not kept."""

    kept: bool | None
    example: str | None = None


class _Clause(NamedTuple):
    """A demand, or its negation: every machine of `all_of` accepts, and none of `none_of`."""

    all_of: list[Machine]
    none_of: list[Machine]
    negated: bool

    @property
    def machines(self) -> list[Machine]:
        return [*self.all_of, *self.none_of]

    def holds(self, states: Sequence[Any]) -> bool:
        """Returns whether a string that ends in these states follows it."""
        accepted = [machine.accepts(state) for machine, state in zip(self.machines, states, strict=True)]
        split = len(self.all_of)
        return (all(accepted[:split]) and not any(accepted[split:])) is not self.negated

    def hopeless(self, states: Sequence[Any]) -> bool:
        """Returns whether no longer string can follow it."""
        known = [machine.certain(state) for machine, state in zip(self.machines, states, strict=True)]
        split = len(self.all_of)
        if self.negated:
            return all(one is True for one in known[:split]) and all(one is False for one in known[split:])
        return any(one is False for one in known[:split]) or any(one is True for one in known[split:])


class Languages:
    """Answers questions about strings; the same question is answered once."""

    def __init__(self) -> None:
        self.budget = Budget(_ALL_STEPS)
        self.known: dict[tuple[tuple[Demand, ...], Demand], Answer] = {}

    def keeps(self, a: tuple[Demand, ...], b: Demand) -> Answer:
        """Returns whether every string that follows all demands of A follows the demand of B."""
        if (a, b) not in self.known:
            self.known[a, b] = self._keeps(a, b)
        return self.known[a, b]

    def examples(self, yes: Sequence[Demand], no: Sequence[Demand], limit: int = 3) -> list[str]:
        """Returns strings that follow all of the first demands and none of the others, the shortest first."""
        try:
            return list(self._strings(yes, no, limit))
        except Undecided:
            return []

    def _keeps(self, a: tuple[Demand, ...], b: Demand) -> Answer:
        readable = tuple(demand for demand in a if demand.pattern is None or pattern_of(demand.pattern))
        patterns = tuple(demand for demand in readable if demand.pattern is not None)
        try:
            found = next(self._strings(patterns, [b], 1), None)
            if found is not None and not all(_length_fits(found, demand) for demand in readable):
                found = next(self._strings(readable, [b], 1), None)
        except Undecided:
            return Answer(kept=None)
        if found is None:
            return Answer(kept=True)
        return Answer(kept=False if len(readable) == len(a) else None, example=found)

    def _strings(self, yes: Sequence[Demand], no: Sequence[Demand], limit: int) -> Iterator[str]:
        """Yields strings, the shortest first. Raises Undecided if the limit was reached."""
        alphabet = Alphabet()
        fuel = Fuel(self.budget, _STEPS)
        clauses = [_clause(demand, alphabet, fuel, negated=False) for demand in dict.fromkeys(yes)]
        clauses += [_clause(demand, alphabet, fuel, negated=True) for demand in dict.fromkeys(no)]
        machines = [machine for clause in clauses for machine in clause.machines]
        alphabet.close()
        found = 0
        waiting = deque([("", tuple(machine.start for machine in machines))])
        seen: Counter[tuple[Any, ...]] = Counter()
        while waiting:
            text, states = waiting.popleft()
            if all(clause.holds(part) for clause, part in _parts(clauses, states)):
                yield text
                found += 1
                if found == limit:
                    return
            for kind, character in enumerate(alphabet.examples):
                fuel.burn(len(machines))
                after = tuple(machine.step(state, kind) for machine, state in zip(machines, states, strict=True))
                if seen[after] < limit and not _any_hopeless(clauses, after):
                    seen[after] += 1
                    waiting.append((text + character, after))


def _parts(clauses: list[_Clause], states: tuple[Any, ...]) -> Iterator[tuple[_Clause, tuple[Any, ...]]]:
    start = 0
    for clause in clauses:
        end = start + len(clause.machines)
        yield clause, states[start:end]
        start = end


def _any_hopeless(clauses: list[_Clause], states: tuple[Any, ...]) -> bool:
    return any(clause.hopeless(part) for clause, part in _parts(clauses, states))


def _length_fits(text: str, demand: Demand) -> bool:
    return demand.pattern is not None or (
        len(text) >= demand.least and (demand.most is None or len(text) <= demand.most)
    )


def _clause(demand: Demand, alphabet: Alphabet, fuel: Fuel, *, negated: bool) -> _Clause:
    if demand.pattern is None:
        if max(demand.least, demand.most or 0) > _MOST_LENGTH:
            raise Undecided
        return _Clause([Length(demand.least, demand.most)], [], negated)
    pattern = pattern_of(demand.pattern)
    if pattern is None:
        raise Undecided
    sides = [[Deterministic(one, alphabet, fuel) for one in side] for side in pattern]
    return _Clause(list(sides[0]), list(sides[1]), negated)

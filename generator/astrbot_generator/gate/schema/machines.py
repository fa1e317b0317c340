"""Deterministic automata, which are made from others on demand and with a limited number of steps."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from astrbot_generator.gate.schema.automaton import EVERY, WORD, Automaton, Ranges

_LIKED = "abcxyz01239ABCXYZ-_./:@ "
"""Characters that are preferred in examples."""

_START, _WORD, _OTHER, _END = range(4)


class Undecided(Exception):
    """The limit was reached."""


@dataclass
class Budget:
    """The steps that are left in a run."""

    left: int


class Machine(Protocol):
    """A deterministic automaton."""

    start: Any

    def step(self, state: Any, kind: int) -> Any:
        """Returns the state after a character of a kind."""

    def accepts(self, state: Any) -> bool:
        """Returns whether a string that ends here is accepted."""

    def certain(self, state: Any) -> bool | None:
        """Returns True if every longer string is accepted, False if none is, and None if that is unknown."""


class Fuel:
    """Counts the steps of one question and of the run."""

    def __init__(self, budget: Budget, left: int) -> None:
        self.budget = budget
        self.left = min(left, budget.left)

    def burn(self, steps: int) -> None:
        """Raises Undecided if the limit is reached."""
        self.left -= steps
        self.budget.left -= steps
        if self.left < 0:
            raise Undecided


class Alphabet:
    """Divides the characters into kinds that no pattern tells apart."""

    def __init__(self) -> None:
        self.edges = {low for low, _ in EVERY} | {high + 1 for _, high in EVERY}
        self.starts: list[int] = []
        self.examples: list[str] = []
        """An example of each kind; those that are easy to read come first."""

    def add(self, ranges: Ranges) -> None:
        """Makes the characters of these ranges separate kinds."""
        self.edges.update(edge for low, high in ranges for edge in (low, high + 1))

    def close(self) -> None:
        """Computes the kinds."""
        starts = sorted(self.edges)
        bounds = [(low, high) for low, high in pairwise(starts) if not 0xD800 <= low <= 0xDFFF]
        chosen = [next((c for c in _LIKED if low <= ord(c) < high), chr(low)) for low, high in bounds]
        self.examples = sorted(chosen, key=lambda c: (_LIKED.find(c) % (len(_LIKED) + 1), not c.isprintable(), c))


class Deterministic:
    """An automaton, made deterministic on demand. A state is the set of states, and the kind of the last character."""

    def __init__(self, automaton: Automaton, alphabet: Alphabet, fuel: Fuel) -> None:
        self.edges = automaton.edges
        self.alphabet = alphabet
        self.fuel = fuel
        self.start = (frozenset({0}), _START)
        self.known: dict[tuple[Any, int], Any] = {}
        self.ends: dict[Any, bool] = {}
        conditions = {edge.condition for edges in self.edges for edge in edges}
        self.words = not conditions.isdisjoint(("boundary", "inside"))
        for characters in {id(edge.characters): edge.characters for edges in self.edges for edge in edges}.values():
            alphabet.add(characters)
        if self.words:
            alphabet.add(WORD)
        self.live = self._live()

    def _live(self) -> frozenset[int]:
        """Returns the states from which the accepting one can be reached after the first character."""
        sources: dict[int, list[int]] = {}
        for source, edges in enumerate(self.edges):
            for edge in edges:
                if edge.condition != "start":
                    sources.setdefault(edge.target, []).append(source)
        found = {1}
        waiting = [1]
        while waiting:
            for source in sources.get(waiting.pop(), ()):
                if source not in found:
                    found.add(source)
                    waiting.append(source)
        return frozenset(found)

    def step(self, state: Any, kind: int) -> Any:
        """Returns the state after a character of a kind."""
        key = (state, kind)
        if key not in self.known:
            code = ord(self.alphabet.examples[kind])
            following = _WORD if self.words and _in(code, WORD) else _OTHER
            after: set[int] = set()
            for source in self._closure(state, following):
                self.fuel.burn(len(self.edges[source]))
                after.update(edge.target for edge in self.edges[source] if _in(code, edge.characters))
            reached = frozenset({1}) if 1 in after else frozenset(after & self.live)
            self.known[key] = (reached, following)
        return self.known[key]

    def accepts(self, state: Any) -> bool:
        """Returns whether a string that ends here is accepted."""
        if state not in self.ends:
            self.ends[state] = 1 in self._closure(state, _END)
        return self.ends[state]

    def certain(self, state: Any) -> bool | None:
        """Returns True if every longer string is accepted, False if none is, and None if that is unknown."""
        return True if 1 in state[0] else None if state[0] else False

    def _closure(self, state: Any, following: int) -> set[int]:
        """Returns the states that can be reached without a character."""
        states, last = state
        found = set(states)
        waiting = list(states)
        while waiting:
            edges = self.edges[waiting.pop()]
            self.fuel.burn(len(edges))
            for edge in edges:
                if not edge.characters and edge.target not in found and _open(edge.condition, last, following):
                    found.add(edge.target)
                    waiting.append(edge.target)
        return found


def _open(condition: str, last: int, following: int) -> bool:
    if condition == "start":
        return last == _START
    if condition == "end":
        return following == _END
    if condition:
        return ((last == _WORD) is not (following == _WORD)) is (condition == "boundary")
    return True


def _in(code: int, ranges: Ranges) -> bool:
    index = bisect_right(ranges, (code, 0x110000)) - 1
    return index >= 0 and ranges[index][0] <= code <= ranges[index][1]


class Length:
    """Accepts strings of some lengths."""

    def __init__(self, least: int, most: int | None) -> None:
        self.start = 0
        self.least = least
        self.most = most
        self.last = max(least, (most or 0) + 1)

    def step(self, state: int, _: int) -> int:
        """Returns the length after one more character."""
        return min(state + 1, self.last)

    def accepts(self, state: int) -> bool:
        """Returns whether the length is accepted."""
        return state >= self.least and (self.most is None or state <= self.most)

    def certain(self, state: int) -> bool | None:
        """Returns whether all longer strings, or none, are accepted; None if that depends on the length."""
        if self.most is None:
            return True if state >= self.least else None
        return False if state > self.most else None

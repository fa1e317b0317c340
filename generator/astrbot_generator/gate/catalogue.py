"""Every rule of the gate. A decorator registers it; its docstring is its page."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from astrbot_generator.errors import Position
from astrbot_generator.gate.finding import OPPOSITE, Change, Direction, Finding, Level
from astrbot_generator.gate.schema.difference import Difference, Kind

Area = Literal[
    "document", "operation", "security", "parameter", "body", "answer", "schema", "contract", "project", "exceptions"
]
"""The argument of a rule: a `Pair` (document), an `OperationPair` (operation, security, parameter, body, answer), a
`Difference` (schema), a `State` (contract, project) or an `Exemption` (exceptions)."""

AREAS = get_args(Area)


@dataclass(frozen=True)
class Rule:
    """One rule."""

    id: str
    area: Area
    level: Level
    direction: Direction | None
    page: str
    check: Callable[..., Any]
    consent: bool = False
    """Whether its findings are refused until they are accepted, regardless of their level."""
    called: Level | None = None
    """Its level in webhooks and callbacks, if it differs."""
    kinds: tuple[Kind, ...] = ()
    """The schema differences that it names."""
    flipped: bool = False
    """Whether it names values that became possible instead of impossible."""
    when: Callable[[Difference], bool] = lambda _: True

    @property
    def title(self) -> str:
        """One sentence that says what it finds."""
        return self.page.partition("\n")[0]

    def section(self, name: str) -> str:
        """Returns the text of its page under a heading such as `Breaks`."""
        match = re.search(rf"^{name}: ?(.*?)(?=^[A-Z][a-z]+:|\Z)", self.page, re.MULTILINE | re.DOTALL)
        return match[1].rstrip() if match else ""

    def finding(
        self,
        change: Change,
        position: Position,
        operation: str | None = None,
        *,
        is_callback: bool = False,
        direction: Direction | None = None,
    ) -> Finding:
        """Returns a change that it found as a finding; `is_callback`: in a webhook or callback."""
        usual = OPPOSITE[self.direction] if is_callback and self.direction else self.direction
        return Finding(
            **vars(change) | {"position": position, "operation": operation},
            rule=self.id,
            level=(self.called if is_callback else None) or self.level,
            direction=direction or usual,
            consent=self.consent,
        )


RULES: dict[str, Rule] = {}


def rule(
    identity: str,
    *,
    area: Area,
    level: Level = Level.BREAKING,
    direction: Direction | None = None,
    consent: bool = False,
    called: Level | None = None,
    kinds: tuple[Kind, ...] = (),
    flipped: bool = False,
    when: Callable[[Difference], bool] = lambda _: True,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a rule: a function that yields a `Change` for each finding.

    In a webhook or callback, the server calls the client; `called` is the level of the finding there.
    """

    def register(check: Callable[..., Any]) -> Callable[..., Any]:
        if identity in RULES:
            raise ValueError(f"two rules have the id {identity}")
        page = _page(check)
        RULES[identity] = Rule(identity, area, level, direction, page, check, consent, called, kinds, flipped, when)
        return check

    return register


def schema_rule(
    identity: str,
    *kinds: Kind,
    level: Level = Level.BREAKING,
    flipped: bool = False,
    when: Callable[[Difference], bool] = lambda _: True,
) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """Registers a rule about schemas: a function that describes a difference. Its id begins with its direction."""
    direction: Direction = "request" if identity.startswith("request-") else "response"
    return rule(identity, area="schema", level=level, direction=direction, kinds=kinds, flipped=flipped, when=when)


@cache
def load() -> dict[str, Rule]:
    """Returns every rule by its id, ordered by area and file."""
    package = importlib.import_module("astrbot_generator.gate.rules")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    ordered = sorted(RULES.values(), key=lambda entry: (AREAS.index(entry.area), entry.check.__module__))
    return {entry.id: entry for entry in ordered}


def of_area(*areas: Area) -> list[Rule]:
    """Returns the rules of these areas."""
    return [entry for entry in load().values() if entry.area in areas]


def _page(check: Callable[..., Any]) -> str:
    lines = (check.__doc__ or "").strip().splitlines()
    return "\n".join(line.removeprefix("    ") for line in lines)

"""Every rule of the gate, registered where it is written; its docstring is its page."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from astrbot_generator.gate.finding import Direction, Level
from astrbot_generator.gate.schema.difference import Difference, Kind

Area = Literal[
    "document", "operation", "security", "parameter", "body", "answer", "schema", "contract", "project", "exceptions"
]
"""What a rule is handed: a `Pair` (document), an `OperationPair` (operation, security, parameter, body, answer), a
`Difference` (schema), a `State` (contract, project) or an
`Exemption` (exceptions)."""

AREAS = get_args(Area)


@dataclass(frozen=True)
class Rule:
    """One rule."""

    id: str
    area: Area
    level: Level
    direction: Direction | None
    page: str
    consent: bool
    check: Callable[..., Any]
    called: Level | None = None
    """Its level where the server calls and the client answers, if that is another"""

    @property
    def title(self) -> str:
        """What it finds, in a sentence."""
        return self.page.partition("\n")[0]

    def section(self, name: str) -> str:
        """What its page says under a heading such as `Breaks`."""
        match = re.search(rf"^{name}: ?(.*?)(?=^[A-Z][a-z]+:|\Z)", self.page, re.MULTILINE | re.DOTALL)
        return match[1].rstrip() if match else ""


@dataclass(frozen=True)
class SchemaRule:
    """Which differences of schemas a rule names."""

    rule: Rule
    kinds: tuple[Kind, ...]
    flipped: bool
    """Whether it looks at what became possible instead of what became impossible."""
    when: Callable[[Difference], bool]


RULES: dict[str, Rule] = {}
SCHEMA_RULES: list[SchemaRule] = []


def rule(
    identity: str,
    *,
    area: Area,
    level: Level,
    direction: Direction | None = None,
    consent: bool = False,
    called: Level | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a rule: a function that yields a `Change` for each thing it finds.

    In a webhook or callback the client is who is called; `called` is the level of the finding there.
    """

    def register(check: Callable[..., Any]) -> Callable[..., Any]:
        _add(Rule(identity, area, level, direction, _page(check), consent, check, called))
        return check

    return register


def schema_rule(
    identity: str,
    kinds: Kind | tuple[Kind, ...],
    *,
    direction: Direction,
    level: Level = Level.BREAKING,
    flipped: bool = False,
    when: Callable[[Difference], bool] = lambda _: True,
) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """Registers a rule about schemas: a function that puts a difference into words."""

    def register(check: Callable[..., str]) -> Callable[..., str]:
        added = _add(Rule(identity, "schema", level, direction, _page(check), consent=False, check=check))
        several = kinds if isinstance(kinds, tuple) else (kinds,)
        SCHEMA_RULES.append(SchemaRule(added, several, flipped, when))
        return check

    return register


def rule_of(difference: Difference, direction: Direction, *, flipped: bool) -> Rule | None:
    """The rule that names a difference."""
    load()
    for entry in SCHEMA_RULES:
        fits = difference.kind in entry.kinds and entry.rule.direction == direction and entry.flipped == flipped
        if fits and entry.when(difference):
            return entry.rule
    return None


@cache
def load() -> dict[str, Rule]:
    """Every rule by its id, in the order of areas and files."""
    package = importlib.import_module("astrbot_generator.gate.rules")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    ordered = sorted(RULES.values(), key=lambda entry: (AREAS.index(entry.area), entry.check.__module__))
    return {entry.id: entry for entry in ordered}


def of_area(*areas: Area) -> list[Rule]:
    """The rules of these areas."""
    return [entry for entry in load().values() if entry.area in areas]


def _add(entry: Rule) -> Rule:
    if entry.id in RULES:
        raise ValueError(f"two rules are called {entry.id}")
    RULES[entry.id] = entry
    return entry


def _page(check: Callable[..., Any]) -> str:
    lines = (check.__doc__ or "").strip().splitlines()
    return "\n".join(line.removeprefix("    ") for line in lines)

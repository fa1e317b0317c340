"""The observations in the dialog that creates keys, as values without a browser."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NoReturn, TypeVar

from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import Finding, FindingRaised
from astrbot_conformance.verdict.picture import Language, Picture

Observation = TypeVar("Observation")

NAMES: Mapping[Language, str] = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True, slots=True)
class Step:
    """One click on a scope, and the selected scopes before and after it, without sub-scopes."""

    action: Literal["select", "clear"]
    scope: str
    before: frozenset[str]
    after: frozenset[str]

    def __str__(self) -> str:
        """The step as one line of text."""
        return f"{self.action} {self.scope}: {in_words(self.before)} -> {in_words(self.after)}"


@dataclass(frozen=True, slots=True)
class CreatedKey:
    """A key that was created.

    chosen: the selected scopes at that moment. granted: the scopes that the target lists for it. shown: whether the
    page showed the key; again: whether it showed it again after a reload.
    """

    chosen: frozenset[str]
    granted: frozenset[str]
    shown: bool
    again: bool


@dataclass(frozen=True, slots=True)
class Observed:
    """The observations in one language. A missing observation is a NotJudged with the reason.

    offered: the offered scopes while all plain ones were selected. unexplained: the scopes without an explanation.
    """

    language: Language
    offered: frozenset[str]
    unexplained: tuple[str, ...]
    steps: tuple[Step, ...] | NotJudged
    created_key: CreatedKey | NotJudged


Result = tuple[Observed | NotJudged, tuple[Picture, ...]]  # the observations in a language, and their pictures


def require(value: Observation | NotJudged) -> Observation:
    """The observation. Raises NotJudged if it is missing."""
    if isinstance(value, NotJudged):
        raise value
    return value


def in_words(scopes: frozenset[str]) -> str:
    """A set of scopes as text."""
    return ", ".join(sorted(scopes)) or "nothing"


def fail_in_ui(observed: Observed, expected: str, actual: str) -> NoReturn:
    """Raise FindingRaised: the web UI is not as the requirement expects."""
    steps = [] if isinstance(observed.steps, NotJudged) else [f"  {step}" for step in observed.steps]
    lines = [f"offered: {', '.join(sorted(observed.offered))}", *(["clicked:", *steps] if steps else [])]
    raise FindingRaised(
        Finding(
            operation=f"web UI in {NAMES[observed.language]}",
            expected=expected,
            actual=actual,
            curl="",
            response="\n".join([*lines, f"pictures: ui-{observed.language}-*.png in the folder of the report"]),
            level="SHOULD",
        )
    )

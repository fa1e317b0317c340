"""The observations in the dialog that creates keys, as values without a browser."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.picture import Language, Picture

Seen = TypeVar("Seen")

NAMES: Mapping[Language, str] = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True, slots=True)
class Step:
    """One click on a scope, and the selected scopes before and after it, without sub-scopes."""

    deed: Literal["choose", "drop"]
    scope: str
    before: frozenset[str]
    after: frozenset[str]

    def __str__(self) -> str:
        """The step as one line of text."""
        return f"{self.deed} {self.scope}: {in_words(self.before)} -> {in_words(self.after)}"


@dataclass(frozen=True, slots=True)
class Made:
    """A key that was created.

    chosen: the selected scopes at that moment. granted: the scopes that the target lists for it. shown: whether the
    page showed the key; again: whether it showed it again after a reload.
    """

    chosen: frozenset[str]
    granted: frozenset[str]
    shown: bool
    again: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """The observations in one language. NotJudged stands for a missing observation, and gives the reason.

    offered: the offered scopes while all plain ones were selected. unexplained: the scopes without an explanation.
    """

    language: Language
    offered: frozenset[str]
    unexplained: tuple[str, ...]
    steps: tuple[Step, ...] | NotJudged
    made: Made | NotJudged


Glance = tuple[Sight | NotJudged, tuple[Picture, ...]]  # the observations in a language, and their pictures


def told(seen: Seen | NotJudged) -> Seen:
    """The observation. Raises NotJudged if it is missing."""
    if isinstance(seen, NotJudged):
        raise seen
    return seen


def in_words(scopes: frozenset[str]) -> str:
    """A set of scopes as text."""
    return ", ".join(sorted(scopes)) or "nothing"

"""What was seen of the dialog that makes keys, as values: no browser in here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.picture import Language, Picture

Seen = TypeVar("Seen")

NAMES: Mapping[Language, str] = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True, slots=True)
class Step:
    """A scope was chosen or dropped; which scopes, sub-scopes aside, were chosen before and after it."""

    deed: Literal["choose", "drop"]
    scope: str
    before: frozenset[str]
    after: frozenset[str]

    def __str__(self) -> str:
        """The step in a line."""
        return f"{self.deed} {self.scope}: {in_words(self.before)} -> {in_words(self.after)}"


@dataclass(frozen=True, slots=True)
class Made:
    """A key that was made.

    chosen: the scopes at that moment. granted: those that the target lists of it. shown: whether it was to be seen;
    again: also later, when the page was loaded anew.
    """

    chosen: frozenset[str]
    granted: frozenset[str]
    shown: bool
    again: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """What there was to see in one language. NotJudged stands for what could not be seen, and says why.

    offered: the scopes that could be chosen when all plain ones were. unexplained: those that nothing is said of.
    """

    language: Language
    offered: frozenset[str]
    unexplained: tuple[str, ...]
    steps: tuple[Step, ...] | NotJudged
    made: Made | NotJudged


Glance = tuple[Sight | NotJudged, tuple[Picture, ...]]  # what was seen in a language, and the pictures of it


def told(seen: Seen | NotJudged) -> Seen:
    """What was seen. Raises NotJudged where it was not."""
    if isinstance(seen, NotJudged):
        raise seen
    return seen


def in_words(scopes: frozenset[str]) -> str:
    """A set of scopes for people."""
    return ", ".join(sorted(scopes)) or "nothing"

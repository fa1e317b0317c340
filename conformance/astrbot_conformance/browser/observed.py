"""What was seen of the dialog that makes keys, as values: no browser in here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args

from astrbot_conformance.verdict.finding import NotJudged

Language = Literal["en", "zh"]
Shows = Literal["chosen", "made", "stopped"]
Seen = TypeVar("Seen")

LANGUAGES: tuple[Language, ...] = ("en", "zh")
NAMES: Mapping[Language, str] = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True, slots=True)
class Picture:
    """What the browser showed, as PNG, secrets blotted out.

    shows: the scopes as they were chosen, the key that was made, or the place where the look stopped.
    """

    language: Language
    shows: Shows
    png: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """The file that it is kept in."""
        return name_of(self.language, self.shows)


def name_of(language: str, shows: str) -> str:
    """The file that a picture is kept in."""
    return f"ui-{language}-{shows}.png"


ALL_PICTURES = tuple(name_of(language, shows) for language in LANGUAGES for shows in get_args(Shows))
"""Every file that a picture may be kept in."""


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

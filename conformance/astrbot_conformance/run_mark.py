"""The mark of a run: it stands in the name of everything that the run creates, so that a later run can find it.

A mark is 12 random hexadecimal digits and 8 check digits. Nobody types such a text by chance: a date, an old mark or a
mistyped mark has the wrong length or the wrong check digits. Only a name whose check digits are right belongs to a run.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Collection

Names = Callable[[str], bool]  # whether a resource with that name belongs to the runs in question

PREFIX = "conform-"
RANDOM_BYTES = 6
CHECK_DIGITS = 8
NAME = re.compile(rf"{PREFIX}([0-9a-f]+)[-:]")
OLD_DIGITS = 8  # marks of runs before check digits existed; a date has the same form


def new_mark() -> str:
    """A new mark: 48 random bits and their check digits."""
    return checked(secrets.token_hex(RANDOM_BYTES))


def checked(digits: str) -> str:
    """The mark that consists of `digits` and their check digits."""
    return digits + hashlib.sha256(f"astrbot-contract run {digits}".encode()).hexdigest()[:CHECK_DIGITS]


def is_mark(text: str) -> bool:
    """Whether `text` is a mark: it has the right length and the right check digits."""
    digits = text[: 2 * RANDOM_BYTES]
    return bool(re.fullmatch(r"[0-9a-f]+", text)) and len(digits) == 2 * RANDOM_BYTES and text == checked(digits)


def is_old_mark(text: str) -> bool:
    """Whether `text` has the form of a mark from before check digits existed."""
    return bool(re.fullmatch(rf"[0-9a-f]{{{OLD_DIGITS}}}", text))


def run_of(name: object) -> str | None:
    """The mark in the name of a resource that a run created; None for every other name."""
    match = NAME.match(name) if isinstance(name, str) else None
    return match[1] if match and is_mark(match[1]) else None


def names_of(runs: Collection[str]) -> Names:
    """Tells whether a name belongs to one of `runs`: marks, or a mark and what tells apart the parts of its run."""
    beginnings = tuple(f"{PREFIX}{run}{end}" for run in runs for end in "-:")
    return lambda name: name.startswith(beginnings)


def names_of_all_but(runs: Collection[str]) -> Names:
    """Tells whether a name belongs to a run that is not one of `runs`."""
    return lambda name: run_of(name) not in (None, *runs)


def has_old_mark(name: str) -> bool:
    """Tells whether a name looks like one that a run before check digits existed gave, or like one with a date."""
    match = NAME.match(name)
    return match is not None and is_old_mark(match[1])

"""The mark of a run. The name of every resource that the run creates contains it, so that a later run can find them.

A mark is 12 random hexadecimal digits and 8 check digits. No person types such a text by accident: a date, an old mark
or a mistyped mark has the wrong length or the wrong check digits. A name belongs to a run only if its check digits are
right.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Collection

Names = Callable[[str], bool]  # whether a resource with that name belongs to the selected runs

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
    """The mark in the name of a resource that a run created, or None for any other name."""
    match = NAME.match(name) if isinstance(name, str) else None
    return match[1] if match and is_mark(match[1]) else None


def names_of(runs: Collection[str]) -> Names:
    """A function that says whether a name belongs to one of `runs`: marks, or marks with the suffix of a worker."""
    beginnings = tuple(f"{PREFIX}{run}{end}" for run in runs for end in "-:")
    return lambda name: name.startswith(beginnings)


def names_of_all_but(runs: Collection[str]) -> Names:
    """A function that says whether a name belongs to a run that is not one of `runs`."""
    return lambda name: run_of(name) not in (None, *runs)


def has_old_mark(name: str) -> bool:
    """Whether a name has the form that runs used before check digits existed. A name with a date has that form too."""
    match = NAME.match(name)
    return match is not None and is_old_mark(match[1])

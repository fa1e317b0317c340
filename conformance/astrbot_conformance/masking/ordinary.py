"""The words that the reports themselves use. A secret that equals one of them cannot be distinguished from it."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from astrbot_conformance.masking.forms import BOUNDED, fold

OUR_TEXTS = (".py", ".jinja", ".css", ".js", ".json")
MORE = "localhost json http https true false null none undefined charset utf"
DIGITS = 8  # a number with fewer digits may be a count, a year or a port
MIXED = 12  # characters


def is_ordinary(secret: str) -> bool:
    """Whether `secret` occurs in the suite's own texts or in the contract, or is a small number.

    A secret of less than 8 characters must occur there as a whole word, because it is searched for as a whole word.
    """
    if secret.isdecimal() and len(secret) < DIGITS:
        return True
    if _is_mixed(secret):
        return False
    if len(secret) >= BOUNDED:
        return secret.lower() in _our_words()
    return re.search(rf"(?<![a-z0-9]){re.escape(secret.lower())}(?![a-z0-9])", _our_words()) is not None


def folds_to_ordinary(secret: str) -> bool:
    """Whether the letters and digits of `secret` occur consecutively in the suite's own texts or in the contract."""
    return not _is_mixed(secret) and fold(secret.encode("utf-8", "surrogatepass")) in _our_folded_words()


def _is_mixed(secret: str) -> bool:
    """Whether `secret` is long and has digits and letters of both cases. No text of ours has that form."""
    return len(secret) >= MIXED and all(re.search(kind, secret) for kind in ("[a-z]", "[A-Z]", "[0-9]"))


@cache
def _our_words() -> str:
    return "\n".join([MORE, *_texts()]).lower()


@cache
def _our_folded_words() -> bytes:
    return fold(_our_words().encode())


def _texts() -> Iterator[str]:
    for package in ("astrbot_conformance", "astrbot_api"):
        yield from _texts_in(files(package))


def _texts_in(folder: Traversable) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _texts_in(entry)
        elif entry.name.endswith(OUR_TEXTS):
            yield entry.name
            yield entry.read_text(encoding="utf-8")

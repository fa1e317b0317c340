"""Ids that a target gives, checked before they become part of a path or a body."""

from astrbot_conformance.outcome import NotJudged

LONGEST_ID = 500  # characters


def usable_id(value: object) -> str | None:
    """The id as text; None if it can name nothing.

    It must be a text or an integer, neither empty nor longer than 500 characters, printable, and no path: a removal of
    `..` or `a/../b` could remove something else than what the run created.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    is_path = "/" in text or "\\" in text or not text.strip(". ")
    return text if text.isprintable() and len(text) <= LONGEST_ID and not is_path else None


def checked_id(value: object, what: str) -> str:
    """The id as text. Raises NotJudged if it can name nothing."""
    id = usable_id(value)
    if id is None:
        raise NotJudged(f"the target gives {what} an id that cannot be sent: it is empty, too long or a path")
    return id

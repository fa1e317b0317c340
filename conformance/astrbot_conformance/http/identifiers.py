"""Ids from a target, checked before they become part of a path or a body."""

from astrbot_conformance.outcome import NotJudged

LONGEST_ID = 500  # characters


def usable_id(value: object) -> str | None:
    """The id as text, or None if it cannot be an id.

    It must be a text or an integer. It must not be empty, longer than 500 characters, unprintable, or a path. The
    removal of `..` or `a/../b` could remove something that the run did not create.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    is_path = "/" in text or "\\" in text or not text.strip(". ")
    return text if text.isprintable() and len(text) <= LONGEST_ID and not is_path else None


def checked_id(value: object, what: str) -> str:
    """The id as text. Raises NotJudged if it cannot be an id."""
    id = usable_id(value)
    if id is None:
        raise NotJudged(f"the target returned an unusable id for {what}: it is empty, too long, or a path")
    return id

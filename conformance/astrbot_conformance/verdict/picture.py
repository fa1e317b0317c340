"""Pictures of the web UI that a report holds."""

from dataclasses import dataclass, field
from typing import Literal, get_args

Language = Literal["en", "zh"]
Shows = Literal["chosen", "made", "stopped"]

LANGUAGES: tuple[Language, ...] = ("en", "zh")


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

"""Screenshots of the web UI for a report."""

from dataclasses import dataclass, field
from typing import Literal, get_args

Language = Literal["en", "zh"]
Shows = Literal["chosen", "made", "stopped"]

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Picture:
    """A screenshot of the browser as PNG, with secrets covered.

    shows: the chosen scopes, the key that was created, or the step at which the browser check stopped.
    """

    language: Language
    shows: Shows
    png: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """The name of its file."""
        return name_of(self.language, self.shows)


def name_of(language: str, shows: str) -> str:
    """The file name for a picture."""
    return f"ui-{language}-{shows}.png"


ALL_PICTURES = tuple(name_of(language, shows) for language in LANGUAGES for shows in get_args(Shows))
"""Every file name that a picture can have."""

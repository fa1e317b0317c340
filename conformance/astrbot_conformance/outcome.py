"""How a check or a run ends without a verdict.

Exception
├── CannotStart             the run cannot start; says what is wrong, where, and what to do
│   ├── Misdirected         the address, the credentials or the TLS options must be corrected: exit 2
│   └── Unready             the server cannot be judged, such as another service: exit 3
└── SkipTest
    └── NotJudged           a requirement could not be judged; says why
        ├── AskedTooOften     the target kept returning 429
        ├── Hanging           only this operation does not respond
        ├── NoAnswer          the target did not respond
        └── UnusableResponse  the response cannot be used
"""

import unittest
from collections.abc import Callable
from typing import TypeVar

from astrbot_conformance.secret import mask_beginning

Result = TypeVar("Result")
LONGEST = 2000  # characters of a text that may quote a target; the target chooses the length of its names and messages


def shortened(text: str) -> str:
    """`text` with secrets masked, cut after 2,000 characters."""
    return mask_beginning(text, LONGEST)


class CannotStart(Exception):
    """The run cannot start. The text is one line that says what is wrong, where, and what to do."""

    exit_code = 2


class Misdirected(CannotStart):
    """The address, the credentials or the TLS options must be corrected. The text names the correction, if known."""


class Unready(CannotStart):
    """The server cannot be judged: another service, an older AstrBot, or one that is not ready."""

    exit_code = 3


class NotJudged(unittest.SkipTest):
    """A check could not judge. `by_choice`: an option of the run excluded it."""

    def __init__(self, reason: str, *, by_choice: bool = False) -> None:
        """Keep the reason for the report."""
        super().__init__(shortened(reason))
        self.by_choice = by_choice


class AskedTooOften(NotJudged):
    """The target kept returning 429."""


class Hanging(NotJudged):
    """The operation does not respond, although the target responds to other requests."""


class NoAnswer(NotJudged):
    """The target did not respond."""


class UnusableResponse(NotJudged):
    """The response cannot be used. It proves nothing and never counts in the target's favour."""


def if_judged(make: Callable[[], Result]) -> Result | None:
    """What `make` returns, or None if it raises NotJudged. Raises NoAnswer: then nothing else can be judged either."""
    try:
        return make()
    except NoAnswer:
        raise
    except NotJudged:
        return None

"""The options of a run."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http import HttpResponse, TargetOptions
from astrbot_conformance.inputs.exploration import FEW
from astrbot_conformance.keys.given_keys import GivenKey
from astrbot_conformance.run_mark import new_mark
from astrbot_conformance.secret import Secret

EXAMPLES = 1  # cases that a property tries beyond its table: each costs the target a request
EXAMPLES_AT_HOME = 25  # if responses are cheap, as on the built-in server
MAX_CHATS = 60  # maximum chats on a target that is not disposable


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of a run. They can be sent to another process, except for the observer."""

    target: TargetOptions
    username: str | None
    password: Secret | None
    selection: Selection
    stop_at_first: bool = False
    max_chats: int | None = None  # None: MAX_CHATS, or any number on a disposable target
    examples: int | None = None  # cases that a property generates; None: as many as the target can bear
    expired_key: Secret | None = None  # an expired key of the target, if there is one
    attachments: Mapping[str, str] = field(default_factory=dict)  # existing attachments of the target: id -> type
    given: tuple[GivenKey, ...] | None = None  # keys in place of the login
    observer: Callable[[HttpResponse], None] | None = None  # receives every response
    release: str | None = None  # the release whose contract applies; None: the release that the target runs
    browser: str | None = None  # the Chromium that opens the web UI; None: the web UI is not judged
    forgiving: bool = False  # whether the known deviations of its release do not affect the verdict
    narrowed_by: tuple[str, ...] = ()  # the options that leave out checks, as the report shows them
    workers: int = 1  # number of processes that share the checks
    run: str = field(default_factory=new_mark)

    @property
    def mark(self) -> str:
        """The mark of the whole run, of which this may be a part."""
        return self.run.partition("-")[0]

    @property
    def bearable_examples(self) -> int:
        """How many cases a property generates."""
        bearable = EXAMPLES_AT_HOME if self.target.is_cheap else EXAMPLES
        return bearable if self.examples is None else self.examples

    @property
    def talks(self) -> bool:
        """Whether generated cases may be chats: on a target that is not disposable, a paid model responds to chats."""
        return self.target.disposable if self.examples is None else self.examples > FEW

    @property
    def chats_allowed(self) -> float:
        """How many chats may be accepted."""
        if self.max_chats is not None:
            return self.max_chats
        return math.inf if self.target.disposable else MAX_CHATS

"""Generated test cases with Hypothesis: first the important fixed cases, then cases that depend on the seed."""

import contextlib
import os
import random
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from astrbot_reference.user_folder import cache_folder
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.strategies import SearchStrategy

from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import FindingRaised
from astrbot_conformance.verdict.sample import note_choice

Case = TypeVar("Case")
Judged = dict[str, FindingRaised | None]  # the finding of each case that was judged
FEW = 5  # generated cases if each is expensive
DRAWN = 6  # cases of which the last is used if only one is needed; the first is the simplest for every seed
LONGEST_SEARCH = 80  # cases after which the search for a smaller finding stops


def keep_caches_elsewhere() -> None:
    """Store the caches of Hypothesis in a folder of the user instead of the working folder."""
    if not os.environ.get("HYPOTHESIS_STORAGE_DIRECTORY"):
        with contextlib.suppress(OSError):  # a user without a home folder
            set_hypothesis_home_dir(cache_folder() / "hypothesis")


class Exploration:
    """Tries cases until one is a finding, then searches for the smallest case with a finding."""

    def __init__(self, number: int, examples: int, *, talks: bool = True) -> None:
        """Generate at most `examples` cases, the same ones for each seed `number`. With `talks`, generate chats too."""
        self.number = number
        self.examples = examples
        self.talks = talks
        # Some strategies are not safe to use in several threads at once, and Hypothesis scans the whole heap for each
        # new thread.
        self._drawing = ThreadPoolExecutor(1, thread_name_prefix="search")

    @property
    def is_cheap(self) -> bool:
        """Whether one more request costs little: then many cases are generated."""
        return self.examples > FEW

    def chats(self, number: int) -> int:
        """The number of generated chats. 0 if the fixed chats must be enough."""
        return number if self.talks else 0

    def choose(self, purpose: str, candidates: Sequence[Case], size: int = 1) -> list[Case]:
        """`size` of `candidates`, always the same ones for a seed and a purpose."""
        rng = random.Random(f"{self.number} {purpose}")  # noqa: S311  a sample, not a secret
        note_choice(size, len(candidates))
        return rng.sample(candidates, min(size, len(candidates)))

    def try_each(
        self,
        rows: Iterable[Case],
        cases: SearchStrategy[Case],
        judge: Callable[[Case], None],
        *,
        at_most: int | None = None,
    ) -> None:
        """Judge every row and then generated cases. Raises the FindingRaised of the smallest case with a finding.

        A case is judged only once, even if the search repeats it, because each costs a request. `at_most`
        limits the generated cases if they are expensive to create.
        """
        examples = self.examples if at_most is None else min(self.examples, at_most)
        seen: Judged = {}

        def once(case: Case) -> None:
            identity = repr(case)
            if identity not in seen:
                seen[identity] = _judged(judge, case, seen)
            raised = seen[identity]
            if raised:
                raise raised

        for row in rows:
            once(row)
        if not examples:
            return
        drawn = examples if examples > 1 else DRAWN
        try:
            for case in self._drawn(cases, drawn)[-examples:]:
                once(case)
        except FindingRaised:
            self._search(cases, once, drawn, Phase.generate, Phase.shrink)
            raise

    def _drawn(self, cases: SearchStrategy[Case], examples: int) -> list[Case]:
        """The generated cases for the seed, not judged yet."""
        drawn: list[Case] = []
        self._search(cases, drawn.append, examples, Phase.generate)
        return drawn

    def _search(self, cases: SearchStrategy[Any], test: Callable[[Any], object], examples: int, *phases: Phase) -> None:
        search = settings(
            max_examples=examples,
            database=None,
            deadline=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
            print_blob=False,
            report_multiple_bugs=False,
        )

        def each(case: Any) -> None:
            test(case)

        run_search = search(seed(self.number)(given(cases)(each)))
        # The copied context contains the name of the check that sends the requests.
        self._drawing.submit(copy_context().run, run_search).result()


def _judged(judge: Callable[[Case], None], case: Case, seen: Judged) -> FindingRaised | None:
    """The finding of `case`. None if the search for a smaller case has reached its limit."""
    has_found = any(seen.values())
    if has_found and len(seen) >= LONGEST_SEARCH:
        return None
    try:
        judge(case)
    except FindingRaised as raised:
        return raised
    except NotJudged:
        if not has_found:
            raise
    return None

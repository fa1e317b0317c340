"""Hypothesis as the checks use it: first the rows that are known to matter, then what the seed leads to."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.strategies import SearchStrategy

from astrbot_conformance.finding import FindingRaised, NotJudged

Case = TypeVar("Case")
LONGEST_SEARCH = 80  # cases after which the smallest finding so far is small enough


class Exploration:
    """Tries cases until one is a finding, and then for the smallest that still is."""

    def __init__(self, number: int, examples: int) -> None:
        """Generate at most `examples` cases, always the same ones for a seed `number`."""
        self.number = number
        self.examples = examples

    def try_each(self, rows: Iterable[Case], cases: SearchStrategy[Any], judge: Callable[[Case], None]) -> None:
        """Judge every row and then generated cases. Raises the FindingRaised of the smallest case that breaks.

        A case is judged once, however often the search comes back to it: each costs the target a request.
        """
        seen: dict[str, FindingRaised | None] = {}

        def once(case: Case) -> None:
            place = repr(case)
            if place not in seen:
                seen[place] = self._judged(judge, case, seen)
            raised = seen[place]
            if raised:
                raise raised

        for row in rows:
            once(row)
        explore = settings(
            max_examples=self.examples,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
            print_blob=False,
            report_multiple_bugs=False,
        )
        explore(seed(self.number)(given(cases)(once)))()

    def _judged(
        self, judge: Callable[[Case], None], case: Case, seen: Mapping[str, FindingRaised | None]
    ) -> FindingRaised | None:
        """What is found in `case`; None when the search for a smaller one has cost enough."""
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

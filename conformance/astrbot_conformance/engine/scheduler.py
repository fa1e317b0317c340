"""The scheduler of a run: it starts checks ahead of their turn and takes their results one by one.

Checks are called in a pool of threads, many at the same time. Their results are taken in the order of the catalogue,
so that a seed gives the same verdict each time. Checks about authorization are finished before the others start.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from astrbot_conformance.engine.catalogue import STAGES, Catalogue, Check, in_turn, stage_of
from astrbot_conformance.engine.check_pool import CheckPool
from astrbot_conformance.engine.judging import Resources, call, judged
from astrbot_conformance.engine.shard import WHOLE, Shard
from astrbot_conformance.outcome import CannotStart
from astrbot_conformance.verdict.judgement import Judgement
from astrbot_conformance.verdict.requirement import marks_of

Listener = Callable[[Judgement, int], None]  # a judgement, and the number of checks
MOST_STACKS = 20
LASTING = {"cleanup", "chats", "dashboard"}  # a check with one of these parameters sends more than one request


class NothingSelected(CannotStart):
    """The selection leaves no check."""


class Scheduler:
    """Runs the checks of one shard. `errors`: errors of the suite. `is_over`: whether it stopped at a finding."""

    def __init__(
        self,
        catalogue: Catalogue,
        resources: Resources,
        listener: Listener,
        *,
        shard: Shard = WHOLE,
        stops_at_first: bool = False,
        again: Callable[[], Resources | None] = lambda: None,
        before_last: Callable[[], None] = lambda: None,
    ) -> None:
        """Run the selected checks of a shard and report each to `listener`. Raises NothingSelected if there is none.

        stops_at_first: end at the first finding that decides the verdict. Checks without a response are called once
        more with the resources that `again` returns, if any. `before_last` is called before the checks that wait for
        the others, so that they also see its requests.
        """
        self.judgements: list[Judgement] = []
        self.errors: list[Exception] = []
        self.repeated = 0  # number of checks
        self.is_over = False
        selected = catalogue.selected()
        if not selected:
            raise NothingSelected("no check is left of --requirement, --operation, --tag and -k")
        self.selected = len(selected)
        self._index = {check: index for index, check in enumerate(in_turn(selected))}
        self._checks = shard.part_of(in_turn([*selected, *catalogue.observed_by(selected)]))
        self._catalogue = catalogue
        self._resources = resources
        self._listener = listener
        self._stops_at_first = stops_at_first
        self._again = again
        self._before_last = before_last
        self._pool = CheckPool(catalogue.target_options.concurrency)
        self._started: dict[Check, Future[tuple[Judgement, Exception | None]]] = {}

    def create_keys(self) -> None:
        """Start to create the keys that nearly every check uses."""
        keys = self._resources.keys
        for scope in self._resources.contract.scopes:
            for create in (keys.weakest, keys.strongest_without):
                self._pool.put(partial(create, scope), is_long=False)
        self._pool.start()

    def run(self) -> None:
        """Run the checks, stage by stage. Those that wait for all others come last."""
        last = [check for check in self._checks if marks_of(check.function).is_afterwards]
        others = [check for check in self._checks if not marks_of(check.function).is_afterwards]
        unanswered = []
        for stage in range(STAGES):
            unanswered += self._run([check for check in others if stage_of(check) == stage])
        if unanswered and not self.is_over and (resources := self._again()):
            self._resources, self.repeated = resources, len(unanswered)
            unanswered = self._run([check for check, _ in unanswered])
        self._report_selected(unanswered)
        if last and not self.is_over:
            self._before_last()
            self._report_selected(self._run(last))

    def report_passive(self, judgements: Iterable[Judgement]) -> None:
        """Report the judgements of passive checks, after all others."""
        for number, judgement in enumerate(judgements):
            self._report(replace(judgement, place=self.selected + number))

    def close(self, seconds: float | None = None) -> bool:
        """Start no further check, and wait for the running ones. Return whether all have ended after `seconds`."""
        return self._pool.close(seconds)

    def _run(self, checks: Sequence[Check]) -> list[tuple[Check, Judgement]]:
        """Call these checks and report their judgements. Return those without a response, not yet reported."""
        resources, unanswered = self._resources.by_name(), []
        calls = {check: partial(self._judged, check, partial(call, check, resources)) for check in checks}
        for check in checks:
            if not marks_of(check.function).turn:
                self._started[check] = self._pool.put(calls[check], is_long=_is_long(check))
        self._pool.start()
        for check in checks:
            if self.is_over:
                break
            started = self._started.pop(check, None)
            judgement, error = started.result() if started else calls[check]()
            if judgement.unanswered:
                unanswered.append((check, judgement))
            if check not in self._index:  # a selected check judges the responses to it
                continue
            if error:
                self._keep(error)
            if not judgement.unanswered:
                self._report(judgement)
        return unanswered

    def _report_selected(self, judged_checks: Iterable[tuple[Check, Judgement]]) -> None:
        for check, judgement in judged_checks:
            if check in self._index:
                self._report(judgement)

    def _judged(self, check: Check, end: Callable[[], float]) -> tuple[Judgement, Exception | None]:
        """The judgement of a check. It is made in the thread of the check: an exception refers to the responses."""
        judgement, error = judged(check, end, self._resources.observations)
        return replace(judgement, place=self._index.get(check, 0)), error

    def _keep(self, error: Exception) -> None:
        """Store an error of the suite; only the first ones with the stack, which refers to responses."""
        self.errors.append(error if len(self.errors) < MOST_STACKS else error.with_traceback(None))

    def _report(self, judgement: Judgement) -> None:
        self.judgements.append(judgement)
        self._listener(judgement, self.selected)
        counts = judgement.finding is not None and self._catalogue.selection.counts(judgement.finding)
        self.is_over |= counts and self._stops_at_first


def _is_long(check: Check) -> bool:
    """Whether a check sends a sequence of requests, rather than one or two."""
    return "operation" not in check.given or not LASTING.isdisjoint(check.parameters)

"""The pytest plugin that selects the checks of a run, starts them ahead of their turn, and collects their results.

Checks are plain functions of the resources that the run passes to them; pytest collects and selects them. They are
called in a pool of threads, many at the same time. Their results are taken one by one in the order in which they were
collected, so that a seed gives the same verdict each time.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from inspect import isfunction
from typing import Any

import pytest
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_api.requirements import Requirement

from astrbot_conformance.browser.web_ui import WebUi
from astrbot_conformance.chat.chats import Chats
from astrbot_conformance.engine.catalogue import CollectedCheck, Function, collected
from astrbot_conformance.engine.check_pool import CheckPool
from astrbot_conformance.engine.proof import needs_service
from astrbot_conformance.engine.shards import WHOLE, Shard, mine, sampled
from astrbot_conformance.http.target import Target
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NoAnswer, NotJudged, UnusableResponse, shortened
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.passive.sender import sending
from astrbot_conformance.passive.shape import fits_schema, is_envelope
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.verdict.finding import Finding, FindingRaised
from astrbot_conformance.verdict.judgement import Judgement
from astrbot_conformance.verdict.known import Deviation, decides
from astrbot_conformance.verdict.requirement import (
    beyond,
    enforced_by,
    is_afterwards,
    is_exhaustive,
    over_what,
    turn_of,
)

Listener = Callable[[Judgement, int], None]  # a judgement, and the number of checks


@dataclass(frozen=True, slots=True)
class Selection:
    """Which checks to run, which findings count, and the seed that chooses the samples."""

    seed: int
    requirements: frozenset[str] = frozenset()
    operations: frozenset[str] = frozenset()
    checks: frozenset[str] = frozenset()  # by name and operation, as a finding carries it
    replays: bool = False  # whether passive checks also report operations that passed
    exhaustive: bool = False  # whether to run the exhaustive checks
    strict: bool = False  # whether SHOULD findings count, and stop a run that stops at the first
    known: tuple[Deviation, ...] = ()  # findings that neither count nor stop a run

    def counts(self, finding: Finding) -> bool:
        """Whether a finding decides the verdict."""
        return decides(finding, strict=self.strict, known=self.known)


LASTING = {"belongings", "chats", "dashboard"}  # a check with one of these parameters sends more than one request
STUMBLING = (AttributeError, LookupError, TypeError)  # errors that reading a malformed response may cause


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources that a check may require, by parameter name."""

    contract: Contract
    beyond: Sequence[Operation]
    target: Target
    keys: KeyRing
    dashboard: Dashboard
    chats: Chats
    cleanup: Cleanup
    exploration: Exploration
    observations: Observations
    web_ui: WebUi

    def named(self) -> Mapping[str, object]:
        """The resources by name."""
        return {name: getattr(self, name) for name in self.__slots__}


class Scheduler:
    """Collects the checks of one run, starts them ahead and takes their results. `errors`: errors of the suite."""

    def __init__(
        self,
        resources: Resources,
        selection: Selection,
        concurrency: int,
        listener: Listener,
        *,
        share: Shard = WHOLE,
        once_more: Callable[[], Resources | None] = lambda: None,
        before_last: Callable[[], None] = lambda: None,
    ) -> None:
        """Run the `share` of the selected checks, `concurrency` at the same time, and report each to `listener`.

        Checks without a response are called again with the resources that `once_more` returns, if any. `before_last` is
        called before the checks that wait for the others, so that they also see its requests.
        """
        self.judgements: list[Judgement] = []
        self.errors: list[BaseException] = []
        self.collected = 0
        self.asked_again = 0  # number of checks
        self.is_over = False  # whether it stopped at a finding
        self._resources = resources
        self._named = resources.named()
        self._selection = selection
        self._share = share
        self._once_more = once_more
        self._before_last = before_last
        self._stops = False  # at the first finding that counts
        self._places: dict[str, int] = {}
        self._listener = listener
        self._lanes = CheckPool(concurrency)
        self._ahead: dict[str, Future[float]] = {}

    def make_keys(self) -> None:
        """Create the keys that nearly every check uses, while the checks are still being collected."""
        for scope in self._resources.contract.scopes:
            for made in (self._resources.keys.weakest, self._resources.keys.strongest_without):
                self._lanes.put(partial(made, scope), is_long=False)
        self._lanes.start()

    def close(self, seconds: float | None = None) -> bool:
        """Start no further check, and wait for the running ones. Return whether all have ended after `seconds`."""
        return self._lanes.close(seconds)

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(self, collector: pytest.Collector, name: str, obj: object) -> list[CollectedCheck]:
        """The checks that a name in a module stands for."""
        if not name.startswith("test_") or not isfunction(obj):
            return []
        return collected(collector, obj, self._resources.contract, self._handed_to(obj))

    def _handed_to(self, function: Function) -> Sequence[Operation] | None:
        """The operations that are passed to a check one by one; None if it takes no operation."""
        over = over_what(function)
        if over is None or "operation" not in function.__annotations__:
            return None
        options = self._resources.target.options
        everything = self._resources.beyond if over.choice is beyond else over.choice(self._resources.contract)
        allowed = [o for o in everything if not over.within_effects or options.allows(o.side_effect)]
        bears_all = options.is_cheap or self._selection.exhaustive
        size = over.sample if bears_all or over.abroad is None else over.abroad
        return sampled(allowed, size, self._selection.seed, function.__name__)

    @pytest.hookimpl(trylast=True)  # after -k
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[CollectedCheck]) -> None:
        """Keep the checks of the selected requirements and operations. Checks that wait for others come last."""
        selected = {item: self._is_selected(item) for item in items}
        config.hook.pytest_deselected(items=[item for item in items if not selected[item]])
        items[:] = sorted(filter(selected.get, items), key=lambda item: turn_of(item.function))
        self.collected = len(items)
        self._places = {item.nodeid: place for place, item in enumerate(items)}
        items[:] = mine(items, self._share)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Record the error that makes a module of checks unusable."""
        if report.failed:
            self.errors.append(RuntimeError(f"{report.nodeid}: {report.longreprtext}"))

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Record the internal error that makes pytest stop."""
        self.errors.append(excinfo.value)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Start every check, and take the results one by one; with `-x`, stop at the first finding that counts.

        pytest's own loop would set up and tear down fixtures that no check requires, which takes longer than most
        checks.
        """
        checks = [item for item in session.items if isinstance(item, CollectedCheck)]
        last = [item for item in checks if is_afterwards(item.function)]
        self._stops = bool(session.config.getoption("maxfail"))
        unanswered = self._hear([item for item in checks if not is_afterwards(item.function)])
        if unanswered and not self.is_over and (anew := self._once_more()):
            self._named, self.asked_again = anew.named(), len(unanswered)
            unanswered = self._hear([item for item, _ in unanswered])
        for _, judgement in unanswered:
            self._tell(judgement)
        if last and not self.is_over:
            self._before_last()
            for _, judgement in self._hear(last):
                self._tell(judgement)
        return True

    def _hear(self, items: Sequence[CollectedCheck]) -> list[tuple[CollectedCheck, Judgement]]:
        """Call these checks and report their judgements. Return those without a response, not yet reported."""
        unanswered = []
        for item in items:
            if not turn_of(item.function):
                self._ahead[item.nodeid] = self._lanes.put(partial(self._call, item), is_long=_is_long(item))
        self._lanes.start()
        for item in items:
            if self.is_over:
                break
            judgement = self._heard(item)
            if judgement is None:
                continue
            if judgement.unanswered:
                unanswered.append((item, judgement))
            else:
                self._tell(judgement)
        return unanswered

    def tell_passive(self, judgements: Iterable[Judgement]) -> None:
        """Report the judgements of passive checks, after all others."""
        for number, judgement in enumerate(judgements):
            self._tell(replace(judgement, place=self.collected + number))

    def _tell(self, judgement: Judgement) -> None:
        self.judgements.append(judgement)
        self._listener(judgement, self.collected)
        counts = judgement.finding is not None and self._selection.counts(judgement.finding)
        self.is_over |= counts and self._stops

    def _is_selected(self, item: CollectedCheck) -> bool:
        enforced = self._enforced(item)
        if enforced is None or (over_what(item.function) and not item.about):  # the release has no such requirement
            return False
        if self._selection.requirements and enforced.id not in self._selection.requirements:
            return False
        if is_exhaustive(item.function) and not self._selection.exhaustive and item.name not in self._selection.checks:
            return False
        if self._selection.checks and item.name not in self._selection.checks:
            return False
        ids = {operation.id for operation in item.about}
        return not self._selection.operations or bool(ids & self._selection.operations)

    def _enforced(self, item: CollectedCheck) -> Requirement | None:
        """The requirement of the contract that a check enforces."""
        return self._resources.contract.requirements.get(enforced_by(item.function) or "")

    def _call(self, item: CollectedCheck) -> float:
        began = time.perf_counter()
        given = item.given
        with sending(item.name):
            item.function(**{name: given[name] if name in given else self._named[name] for name in item.asks_for})
        return time.perf_counter() - began

    def _heard(self, item: CollectedCheck) -> Judgement | None:
        enforced = self._enforced(item)
        if enforced is None:
            return None
        operation = str(item.about[0]) if len(item.about) == 1 else None
        rests, is_passive = needs_service(item.about), is_afterwards(item.function)
        blank = Judgement(enforced.id, item.name, operation, "passed", needs_service=rests, is_passive=is_passive)
        blank = replace(blank, place=self._places.get(item.nodeid, 0))
        try:
            ahead = self._ahead.get(item.nodeid)
            return replace(blank, seconds=ahead.result() if ahead else self._call(item))
        except FindingRaised as raised:
            level = _weaker(raised.finding, enforced.level)
            finding = replace(raised.finding, requirement=enforced.id, level=level, check=item.name)
            return replace(blank, status="failed", finding=finding, reason=str(raised))
        except NotJudged as error:
            return replace(
                blank,
                status="not-judged",
                reason=str(error),
                by_choice=error.by_choice,
                unanswered=isinstance(error, NoAnswer),
                unusable=isinstance(error, UnusableResponse),
            )
        except Exception as error:  # noqa: BLE001  an error of the suite is never a verdict on the target
            text = shortened(f"{type(error).__name__}: {error}")
            if isinstance(error, STUMBLING) and self._resources.observations.has_found(is_envelope, fits_schema):
                reason = f"an answer that breaks its schema cannot be read: {text}"
                return replace(blank, status="not-judged", reason=reason)
            self.errors.append(error)
            return replace(blank, status="not-judged", reason=f"the check failed: {text}", unusable=True)


def _is_long(item: CollectedCheck) -> bool:
    """Whether a check sends a sequence of requests, rather than one or two."""
    return "operation" not in item.given or not LASTING.isdisjoint(item.asks_for)


def _weaker(finding: Finding, level: Any) -> Any:
    return "SHOULD" if "SHOULD" in (finding.level, level) else "MUST"

"""The session with a target behind a pytest run: its preparation, its checks, its verdict and its end."""

import contextlib
import shlex
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NoReturn

import pytest
from astrbot_reference.command_line import UsageError
from astrbot_reference.safe_text import one_line

from astrbot_conformance.cli.command_line import conform_parser
from astrbot_conformance.cli.options import run_options
from astrbot_conformance.engine.catalogue import Check, Function
from astrbot_conformance.engine.judging import call, judged
from astrbot_conformance.engine.preparation import prepared
from astrbot_conformance.engine.run import report_of_run
from astrbot_conformance.engine.run_lock import announced
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.shard_run import WorkerResult
from astrbot_conformance.engine.worker_processes import Account
from astrbot_conformance.inputs.exploration import keep_caches_elsewhere
from astrbot_conformance.interruption import sigterm_as_interrupt, undisturbed
from astrbot_conformance.outcome import CannotStart, NotJudged
from astrbot_conformance.pytest_plugin.hooks import is_check, seed_of
from astrbot_conformance.pytest_plugin.outcome import PROPERTY, raise_outcome, report_of, report_of_nothing_judged
from astrbot_conformance.resources.canaries import NO_CANARIES, Canaries, plant
from astrbot_conformance.secret import mask
from astrbot_conformance.verdict.judgement import Judgement, Report
from astrbot_conformance.verdict.requirement import marks_of

FOREIGN = {"-k": "expression", "-x": "stop_at_first", "--dry-run": "dry_run"}  # pytest has these, or their like


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a worker of pytest-xdist. waiting: the selected checks that it leaves to the main process."""

    account: Account
    waiting: tuple[str, ...]


def start(config: pytest.Config) -> "TargetSession":
    """Prepare the session with the target that the options name. Ends pytest with one line if that is not possible."""
    try:
        return TargetSession(_options(config), config)
    except UsageError as error:
        _end(error, 2)
    except CannotStart as error:
        _end(error, error.exit_code)
    except NotJudged as error:
        _end(error, 3)


class TargetSession:
    """What a pytest process has in common with a run: one target, one key ring, one verdict, one clean-up."""

    def __init__(self, options: RunOptions, config: pytest.Config) -> None:
        """Prepare the session. Raises CannotStart."""
        self.report: Report | None = None
        self._config = config
        self._began = time.perf_counter()
        self._judgements: list[Judgement] = []
        self._errors: list[BaseException] = []
        self._waiting: list[str] = []
        self._checks: dict[Function, dict[str, Check]] = {}
        self._is_removed = False
        self._searches = False  # whether a check searches for planted secrets
        keep_caches_elsewhere()
        with contextlib.ExitStack() as stack:
            stack.enter_context(sigterm_as_interrupt())
            stack.enter_context(announced(options.run, options.target.base))
            self._preparation = stack.enter_context(prepared(options, plants=False))
            self._worker = self._preparation.worker
            self._run_cleanup = self._worker.run_cleanup()
            self.resources = self._worker.resources(self._run_cleanup)
            self._catalogue = self._worker.catalogue
            self._stack = stack.pop_all()  # from here on, `close` removes the keys

    def parametrize(self, metafunc: pytest.Metafunc) -> None:
        """Call a check once for each of its operations or values."""
        if (operations := self._catalogue.operations_passed_to(metafunc.function)) is not None:
            metafunc.parametrize("operation", operations, ids=str)
        elif values := marks_of(metafunc.function).values:
            by_id = values.by_id(self.resources.contract)
            metafunc.parametrize(values.parameter, list(by_id.values()), ids=list(by_id))

    def arrange(self, items: list[pytest.Item]) -> list[pytest.Item]:
        """Order the items, and return those that do not apply to the target.

        Workers of pytest-xdist leave the checks that must run alone or last to the main process.
        """
        checks = {item: self._check_of(item) for item in items}
        rejected = {item: None for item in items if is_check(item) and not self._applies(checks[item])}
        self._searches = any(
            check and "canaries" in check.parameters for item, check in checks.items() if item not in rejected
        )
        turns = {item: marks_of(check.function).turn if check else 0 for item, check in checks.items()}
        kept = sorted((item for item in items if item not in rejected), key=turns.__getitem__)
        if hasattr(self._config, "workerinput"):
            self._waiting = [item.name for item in kept if turns[item]]
            kept = [item for item in kept if not turns[item]]
        items[:] = kept
        return list(rejected)

    def run(self, item: pytest.Function) -> None:
        """Call the check of an item. Raises the outcome that pytest shows."""
        check = self._check_of(item)
        if check is None:
            raise UsageError(f"{item.name}: the contract of the target has no such check")
        if self._searches:
            self.canaries()
        if marks_of(check.function).is_afterwards:
            self._run_cleanup.remove_all_but_keys()
        judgement, error = self._judged(check, item.funcargs)
        item.user_properties.append((PROPERTY, judgement.requirement))
        if error:
            raise error
        raise_outcome(judgement, self.resources.contract, counts=self._counts(judgement))

    def canaries(self) -> Canaries:
        """The planted secrets. They are planted at the first call, before the first check of a session."""
        if self.resources.canaries is NO_CANARIES:
            canaries = plant(self._worker.target, self._run_cleanup.keys, self._run_cleanup.cleanup)
            self.resources = replace(self.resources, canaries=canaries)
        return self.resources.canaries

    def finish(self, results: Sequence[Result]) -> None:
        """Judge what only the whole session shows, with the results of the workers, and report it."""
        others = sum((result.account for result in results), Account())
        for seen in others.seen:
            self._worker.observations.merge(seen)
        waiting = {name for result in results for name in result.waiting}
        late = [check for check in self._catalogue.selected() if check.name in waiting]
        if any("canaries" in check.parameters for check in late):
            self.canaries()
        for check in late:
            judgement, _ = self._judged(check, self.resources.by_name())
            self._tell(report_of(judgement, self.resources.contract, counts=self._counts(judgement)))
        reported = [*others.judgements, *self._judgements]
        for judgement in self._worker.passive_judgements(self._run_cleanup.keys, reported, sends_controls=True):
            self._judgements.append(judgement)
            self._tell(report_of(judgement, self.resources.contract, counts=self._counts(judgement)))
        self._remove()
        if self._judgements or reported:
            errors = [*map(RuntimeError, others.errors), *self._errors]
            seconds = time.perf_counter() - self._began
            self.report = report_of_run(self._preparation, self._result(), others, errors, seconds)
            if self.report.verdict == "not-judged":
                self._tell(report_of_nothing_judged(_why(self.report)))

    def close(self) -> None:
        """Remove what the session created on the target, and close the connections. A second call does nothing."""
        with undisturbed(self._worker.target.hurry):
            self._remove()
            self._stack.close()

    def result(self) -> Result:
        """The result of this process, for the main process."""
        target, result = self._worker.target, self._result()
        account = Account(
            judgements=result.judgements,
            errors=tuple(f"{type(error).__name__}: {error}" for error in result.errors),
            left=result.left,
            seen=(self._worker.observations.seen,),
            requests=target.requests,
            keyed_requests=target.keyed_requests,
        )
        return Result(account, tuple(self._waiting))

    def summary(self) -> Iterator[str]:
        """The lines that pytest prints at its end: the verdict, and the notes of the session."""
        report = self.report
        if report is None:
            yield from (one_line(mask(f"left on the target: {one.what}")) for one in self._run_cleanup.left)
            return
        part = f"{report.judged} of {report.total} requirements judged, seed {report.seed}"
        yield one_line(f"{report.url}: {report.verdict} ({part}; {report.requests} requests)")
        yield from map(one_line, report.notes)
        if report.trouble:
            yield one_line(report.trouble)

    def _applies(self, check: Check | None) -> bool:
        return check is not None and self._catalogue.is_selected(check)

    def _check_of(self, item: pytest.Item) -> Check | None:
        """The check that an item calls; None if it calls none, or one that the release does not have."""
        function: Function | None = getattr(item, "function", None)
        if function is None:
            return None
        if function not in self._checks:
            self._checks[function] = {check.name: check for check in self._catalogue.checks_of(function)}
        return self._checks[function].get(item.name)

    def _judged(self, check: Check, resources: Mapping[str, object]) -> tuple[Judgement, BaseException | None]:
        judgement, error = judged(check, partial(call, check, resources), self.resources.observations)
        judgement = replace(judgement, place=len(self._judgements))
        self._judgements.append(judgement)
        self._errors += [error] if error else []
        return judgement, error

    def _counts(self, judgement: Judgement) -> bool:
        return judgement.finding is not None and self._catalogue.selection.counts(judgement.finding)

    def _tell(self, report: pytest.TestReport) -> None:
        self._config.hook.pytest_runtest_logreport(report=report)

    def _remove(self) -> None:
        if not self._is_removed:
            self._is_removed = True
            self._run_cleanup.remove()

    def _result(self) -> WorkerResult:
        return WorkerResult(
            judgements=tuple(self._judgements),
            errors=(*self._errors, *self._worker.target.observers.errors),
            repeated=0,
            left=tuple(self._run_cleanup.left),
            interrupted=False,
            pictures=self._run_cleanup.web_ui.pictures,
        )


def _options(config: pytest.Config) -> RunOptions:
    """The options of the session, from those of pytest. Raises UsageError."""
    url = config.getoption("astrbot_url")
    if not url:
        raise UsageError("--astrbot-url is missing: give the address of the target that these tests need")
    parser = conform_parser(None)
    try:
        words = shlex.split(config.getoption("astrbot_options"))
    except ValueError as error:
        raise UsageError(f"--astrbot-options: {error}") from None
    options = parser.parse_args([*words, "--", url])
    for word, name in FOREIGN.items():
        if getattr(options, name) != parser.get_default(name):
            raise UsageError(f"--astrbot-options: {word} is an option of `astrbot-contract conform` only; use pytest's")
    if options.seed is None:
        options.seed = seed_of(config)
    return run_options(options)


def _end(error: Exception, code: int) -> NoReturn:
    pytest.exit(one_line(mask(f"astrbot: {error}")), returncode=code)


def _why(report: Report) -> str:
    """Why a run that judged some requirements has no verdict."""
    missed = [f"{one.id}: {one.reason}" for one in report.requirements if one.status == "not-judged"]
    return "; ".join([*([report.trouble] if report.trouble else []), *missed])

"""The work of one process of a run: its share of the checks, with its own keys, until the last key is removed."""

import contextlib
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from astrbot_api.contract import Contract

from astrbot_conformance.browser.web_ui import NoWebUi, WebUi
from astrbot_conformance.chat.chats import Allowance
from astrbot_conformance.contract import DELETE_KEY
from astrbot_conformance.engine.interruption import sigterm_as_interrupt, undisturbed
from astrbot_conformance.engine.run_cleanup import RunCleanup
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.scheduler import Listener, Resources, Scheduler
from astrbot_conformance.engine.shards import LAST, WHOLE, Shard
from astrbot_conformance.http.removal import Left
from astrbot_conformance.http.target import Target
from astrbot_conformance.inputs.exploration import Exploration, keep_caches_elsewhere
from astrbot_conformance.keys.dashboard import NO_DASHBOARD, Dashboard, NoDashboard
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import CannotStart
from astrbot_conformance.passive.authorization_findings import Controls, is_same
from astrbot_conformance.passive.authorization_findings import judgements as authorization_judgements
from astrbot_conformance.passive.credential_search import shows_no_secret
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.passive.shape import (
    fails_in_an_envelope,
    fits_schema,
    has_declared_status,
    is_envelope,
    is_no_crash,
    is_sound_stream,
)
from astrbot_conformance.preflight.release_detection import TargetProfile
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Judgement
from astrbot_conformance.verdict.picture import Picture

GRACE = 2.0  # seconds that running requests may still take when a run is interrupted
CHECKS = Path(__file__).parents[1] / "checks"
LOOKS = (
    has_declared_status,
    is_envelope,
    fits_schema,
    fails_in_an_envelope,
    is_no_crash,
    is_sound_stream,
    shows_no_secret,
)


class NothingSelected(CannotStart):
    """The selection leaves no check."""


@dataclass(frozen=True, slots=True)
class WorkerResult:
    """The result of a worker.

    left: the resources that could not be removed. collected: how many checks the whole run has. asked_again: how many
    of them got no response at first.
    """

    judgements: tuple[Judgement, ...]
    errors: tuple[BaseException, ...]
    collected: int
    asked_again: int
    left: tuple[Left, ...]
    interrupted: bool
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Worker:
    """The objects that a process requires for its share."""

    order: RunOptions
    profile: TargetProfile
    target: Target
    dashboard: Dashboard
    keys: KeyRing
    allowance: Allowance
    observations: Observations


def observing(target: Target, contract: Contract) -> Observations:
    """Compare every response of the target with the contract from now on."""
    observations = Observations(LOOKS, contract)
    target.observers.append(observations)
    return observations


def work(
    at: Worker,
    share: Shard,
    listener: Listener,
    *,
    interrupted: bool = False,
    others: Sequence[Judgement] = (),
) -> WorkerResult:
    """Run a share of the checks, or only clean up if the run was interrupted before. Raises NothingSelected.

    others: the judgements of other processes.
    """
    order, web_ui = at.order, _web_ui(at)
    run_cleanup = RunCleanup(order, at.target, at.keys, at.allowance)
    resources = _resources(at, run_cleanup, web_ui)

    def once_more() -> Resources | None:
        if order.given is not None or not at.target.is_back():
            return None
        at.target.forget()
        keys, chats = run_cleanup.begin_anew(at.dashboard)
        return replace(resources, keys=keys, chats=chats)

    ahead = Scheduler(
        resources,
        order.selection,
        order.target.concurrency,
        listener,
        share=share,
        once_more=once_more,
        before_last=run_cleanup.remove_all_but_keys,
    )
    is_complete = False
    try:
        try:
            if order.is_whole and share != LAST and not interrupted:
                ahead.make_keys()
            interrupted = interrupted or _run_checks(order, ahead)
        except KeyboardInterrupt:  # before or after pytest, which handles interruptions while it runs
            interrupted = True
        if share in (WHOLE, LAST):
            judged = [*others, *ahead.judgements]
            ahead.tell_passive(_passive(at, run_cleanup.keys, judged, interrupted=interrupted or ahead.is_over))
        is_complete = not interrupted
    finally:
        with undisturbed(at.target.hurry):
            if is_complete:
                ahead.close()
            else:
                _abandon(ahead, at.target)
            run_cleanup.remove()
            stayed = [Left(key_id, str(DELETE_KEY)) for key_id in web_ui.close()]
    judgements = tuple(sorted(ahead.judgements, key=lambda judgement: judgement.place))
    left = tuple(dict.fromkeys([*run_cleanup.left, *stayed]))
    return WorkerResult(
        judgements, tuple(ahead.errors), ahead.collected, ahead.asked_again, left, interrupted, web_ui.pictures
    )


def _resources(at: Worker, run_cleanup: RunCleanup, web_ui: WebUi) -> Resources:
    """The arguments that a check can request by name."""
    order = at.order
    return Resources(
        contract=at.profile.contract,
        beyond=at.profile.beyond,
        target=at.target,
        keys=at.keys,
        dashboard=at.dashboard,
        chats=run_cleanup.chats,
        cleanup=run_cleanup.cleanup,
        exploration=Exploration(order.selection.seed, order.bearable_examples, talks=order.talks),
        observations=at.observations,
        web_ui=web_ui,
    )


def _passive(at: Worker, keys: KeyRing, judged: Sequence[Judgement], *, interrupted: bool) -> Iterator[Judgement]:
    """The judgements of the passive check of authorization. It sends controls unless the run was interrupted."""
    selection, reported = at.order.selection, [one.finding for one in judged if one.finding]

    def is_reported(finding: Finding) -> bool:
        same = (other for other in reported if is_same(finding, other))
        return any(selection.counts(other) or not selection.counts(finding) for other in same)

    is_reachable = not interrupted and not at.target.circuit_breaker.is_open
    controls = Controls(at.target if is_reachable else None, keys)
    evidence, contract = at.observations.seen.evidence, at.profile.contract
    return authorization_judgements(evidence, contract, controls, is_reported, with_passed=selection.replays)


def _abandon(ahead: Scheduler, target: Target) -> None:
    """End the checks within three seconds: running requests may complete, and no other request is sent."""
    target.wind_down()
    if not ahead.close(GRACE):
        target.hang_up()
        ahead.close(GRACE / 2)


def _web_ui(at: Worker) -> WebUi:
    """The web UI for the checks, or `NoWebUi` if no browser is selected."""
    order = at.order
    if order.browser is None:
        return NoWebUi("nobody looked at the web UI; --ui does")
    if isinstance(at.dashboard, NoDashboard) or not order.username or not order.password:
        return NoWebUi(f"{NO_DASHBOARD}: nobody can log in to the web UI")
    from astrbot_conformance.browser.tour import Looker  # noqa: PLC0415  it requires Playwright, which is optional

    looker = Looker(order.browser, order.target, (order.username, order.password), at.profile.contract)
    return WebUi(looker, at.dashboard, at.keys.name)


def _run_checks(order: RunOptions, ahead: Scheduler) -> bool:
    """Run pytest over the checks; return whether it was interrupted. Raises NothingSelected."""
    keep_caches_elsewhere()
    arguments = [str(CHECKS), "-c", os.devnull, "--rootdir", str(CHECKS), "-s", "--assert=plain"]
    arguments += ["--disable-plugin-autoload", "--import-mode=importlib"]
    arguments += ["-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:logging", "-p", "no:warnings"]
    arguments += ["-p", "no:unraisableexception"]  # pytest collects garbage five times at its end
    arguments += ["-p", "no:faulthandler"]  # pytest requires a standard error
    arguments += ["-k", order.expression] if order.expression else []
    arguments += ["-x"] if order.stop_at_first else []
    said = io.StringIO()
    with _without_pytest_environment(), sigterm_as_interrupt(), contextlib.redirect_stderr(said):
        code = pytest.main(arguments, plugins=[ahead])
    if code == pytest.ExitCode.USAGE_ERROR and order.expression is None:
        raise RuntimeError(said.getvalue())
    if code == pytest.ExitCode.USAGE_ERROR:
        raise NothingSelected(f"-k {order.expression}: not an expression that pytest understands")
    if code == pytest.ExitCode.NO_TESTS_COLLECTED and not ahead.collected:
        raise NothingSelected("no check is left of --requirement, --operation, --tag and -k")
    return code == pytest.ExitCode.INTERRUPTED


@contextlib.contextmanager
def _without_pytest_environment() -> Iterator[None]:
    """Keep the user's own pytest settings out of the run, and the run's settings out of the user's environment."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")}
    current = os.environ.get("PYTEST_CURRENT_TEST")
    try:
        yield
    finally:
        os.environ.update(kept)
        if current is not None:
            os.environ["PYTEST_CURRENT_TEST"] = current

"""One run from first contact to the last key removed."""

import contextlib
import io
import math
import os
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from astrbot_conformance.answer import Answer
from astrbot_conformance.belongings import Belongings
from astrbot_conformance.chats import Chats
from astrbot_conformance.contact import CannotBegin, log_in, meet
from astrbot_conformance.contract import IM_BOTS
from astrbot_conformance.credential_search import shows_no_secret
from astrbot_conformance.dashboard import Dashboard, NoDashboard
from astrbot_conformance.exploration import Exploration
from astrbot_conformance.finding import NotJudged
from astrbot_conformance.given_keys import GivenKey, GivenKeys
from astrbot_conformance.judgement import Report
from astrbot_conformance.key_ring import KeyRing
from astrbot_conformance.observation import Observations, Seen
from astrbot_conformance.plugin import Listener, Resources, RunAhead, Selection
from astrbot_conformance.request import Carrier, harmless
from astrbot_conformance.secret import Secret
from astrbot_conformance.shape import fits_schema, has_declared_status, is_envelope
from astrbot_conformance.target import Reach, Target

CHECKS = Path(__file__).parent / "checks"
LOOKS = (has_declared_status, is_envelope, fits_schema, shows_no_secret)  # at every answer
EXAMPLES = 3  # cases that a property tries beyond its table: each costs the target a request
MAX_CHATS = 60  # chats that a target of somebody else is asked to accept
EXAMPLES_AT_HOME = 25  # the built-in server answers fast


@dataclass(frozen=True, slots=True)
class Order:
    """What a run was asked to do."""

    reach: Reach
    username: str | None
    password: Secret | None
    selection: Selection
    expression: str | None = None
    stop_at_first: bool = False
    max_chats: int | None = None  # None: MAX_CHATS on a target of somebody else, any number on one that is disposable
    examples: int | None = None  # cases that a property generates; None: as many as the target can bear
    expired_key: Secret | None = None  # one of the target's, where somebody has one
    attachments: Mapping[str, str] = field(default_factory=dict)  # those that the target has: id -> type
    given: tuple[GivenKey, ...] | None = None  # keys in place of the login
    observer: Callable[[Answer], None] | None = None  # told of every answer
    contract: str = "unknown"
    run: str = field(default_factory=lambda: secrets.token_hex(4))


class NothingSelected(CannotBegin):
    """No check is left of the selection."""


def judge(order: Order, listener: Listener) -> tuple[Report, list[BaseException]]:
    """Judge the target. Raises CannotBegin before the first check; the mistakes of the suite come beside the report."""
    began = time.perf_counter()
    meet(order.reach)
    target = Target(order.reach)
    observations = Observations(LOOKS)
    target.observers += [observations] if order.observer is None else [observations, order.observer]
    try:
        dashboard, keys = _credentials(order, target)
        release = dashboard.release()
        chats = Chats(target, keys, order.run, _chats_allowed(order), order.attachments)
        belongings = Belongings(target)
        bearable = EXAMPLES_AT_HOME if order.reach.disposable else EXAMPLES
        examples = bearable if order.examples is None else order.examples
        exploration = Exploration(order.selection.seed, examples)
        resources = Resources(target, keys, dashboard, chats, belongings, exploration, observations)
        ahead = RunAhead(resources, order.selection, order.reach.concurrency, listener)
        try:
            find_carrier(target, keys)
            trouble = _run_checks(order, ahead)
        finally:
            with _undisturbed():
                ahead.close()
                left = [*belongings.close(), *chats.close(), *keys.close()]
        trouble = trouble or _trouble(ahead, observations.seen, left)
        report = Report(
            url=order.reach.base,
            release=release,
            contract=order.contract,
            run=order.run,
            seed=order.selection.seed,
            effects=order.reach.effects,
            seconds=time.perf_counter() - began,
            requests=target.requests,
            keyed_requests=target.keyed_requests,
            strict=order.selection.strict,
            known=order.selection.known,
            held=keys.live_scopes,
            judgements=tuple(ahead.judgements),
            trouble=trouble,
        )
    finally:
        target.close()
    return report, ahead.errors


def _credentials(order: Order, target: Target) -> tuple[Dashboard, KeyRing]:
    """Who makes the keys of the run, and the keys. Raises CannotBegin."""
    if order.given is None:
        dashboard = log_in(target, order.username, order.password)
        return dashboard, KeyRing(dashboard, order.run, order.expired_key)
    given = GivenKeys(order.run, order.given)
    given.check(target)
    return NoDashboard(), given


def find_carrier(target: Target, keys: KeyRing) -> None:
    """Learn in which header the target takes keys: one that ignores the usual one can still be judged by the other."""
    request = harmless(IM_BOTS)
    with contextlib.suppress(NotJudged):
        key = keys.weakest(IM_BOTS.scope)
        if not target.send_once(request, key, Carrier.BEARER).admits:
            admits = target.send_once(request, key, Carrier.HEADER).admits
            target.carrier = Carrier.HEADER if admits else Carrier.BEARER


def _chats_allowed(order: Order) -> float:
    if order.max_chats is not None:
        return order.max_chats
    return math.inf if order.reach.disposable else MAX_CHATS


def _run_checks(order: Order, ahead: RunAhead) -> str | None:
    """Run pytest over the checks; why the run was cut short, where it was. Raises NothingSelected."""
    arguments = [str(CHECKS), "-c", os.devnull, "--rootdir", str(CHECKS), "-s", "--assert=plain"]
    arguments += ["--disable-plugin-autoload", "--import-mode=importlib"]
    arguments += ["-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:logging", "-p", "no:warnings"]
    arguments += ["-p", "no:unraisableexception"]  # it collects garbage five times over at the end
    arguments += ["-k", order.expression] if order.expression else []
    arguments += ["-x"] if order.stop_at_first else []
    said = io.StringIO()
    with _without_pytest_environment(), _sigterm_as_interrupt(), contextlib.redirect_stderr(said):
        code = pytest.main(arguments, plugins=[ahead])
    if code == pytest.ExitCode.NO_TESTS_COLLECTED:
        raise NothingSelected("no check is left of --requirement, --operation, --tag and -k")
    if code == pytest.ExitCode.USAGE_ERROR and order.expression is None:
        raise RuntimeError(said.getvalue())
    if code == pytest.ExitCode.USAGE_ERROR:
        raise NothingSelected(f"-k {order.expression}: not an expression that pytest understands")
    return "the run was interrupted" if code == pytest.ExitCode.INTERRUPTED else None


def _trouble(ahead: RunAhead, seen: Seen, left: list[str]) -> str | None:
    if ahead.errors:
        error = ahead.errors[0]
        return f"the suite itself failed ({type(error).__name__}: {error}); --debug shows where"
    if left:
        return f"left on the target: {', '.join(left)}; `astrbot-contract clean` tries again"
    return "not a single key was admitted anywhere" if seen.shows_a_key and not seen.admits_a_key else None


@contextlib.contextmanager
def _without_pytest_environment() -> Iterator[None]:
    """Keep a user's own pytest settings out of the run, and the run's out of theirs."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")}
    current = os.environ.get("PYTEST_CURRENT_TEST")
    try:
        yield
    finally:
        os.environ.update(kept)
        if current is not None:
            os.environ["PYTEST_CURRENT_TEST"] = current


@contextlib.contextmanager
def _sigterm_as_interrupt() -> Iterator[None]:
    """End on SIGTERM as on Ctrl-C: the keys are removed either way."""

    def interrupt(_number: int, _frame: Any) -> None:
        raise KeyboardInterrupt

    with _handling({signal.SIGTERM: interrupt}):
        yield


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no impatient Ctrl-C keep the run from removing what it made."""
    with _handling({signal.SIGINT: signal.SIG_IGN, signal.SIGTERM: signal.SIG_IGN}):
        yield


@contextlib.contextmanager
def _handling(handlers: dict[signal.Signals, Any]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

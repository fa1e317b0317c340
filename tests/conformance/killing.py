"""The default run of the suite on a server with one fault: which requirements fail, and whether they should."""

import gc
import logging
import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess

from astrbot_api.releases import BASE
from astrbot_api.requirements import REQUIREMENTS
from astrbot_conformance.browser.browser import find_browser
from astrbot_faults import Fault

from tests.conformance.crash_watch import watched, watched_apart
from tests.conformance.default_run import default_run

TIMEOUT, SHORT_TIMEOUT = 20.0, 6.0  # seconds for a response; the shorter one if the run has to wait for it
PATIENCE = 300.0  # seconds after which a run counts as stuck
FEW = 5  # runs of single requirements
RARELY = 100_000, 50, 1_000  # thresholds of garbage collection: a run ends before it saves memory

JOURNEYS = frozenset(name for name in REQUIREMENTS if name.startswith("JOURNEY-"))
# Requirements that may fail too, because they are about the same responses.
FOLLOWS: Mapping[str, frozenset[str]] = {
    # A place or header that is accepted for any text accepts wrong keys too and extends their rights.
    "AUTH-HEADER": frozenset({"AUTH-REQUIRED", "SCOPE-EVASION", "SCOPE-NOT-IMPLIED", "SCOPE-REQUIRED"}),
    # A forged token is an invalid key too.
    "AUTH-FOREIGN": frozenset({"AUTH-REQUIRED"}),
    # Odd bodies are also sent with keys that must be rejected.
    "SCOPE-EVASION": frozenset({"AUTH-CARRIERS", "AUTH-REQUIRED", "SCOPE-REQUIRED", "SHAPE-STATUS"}),
    # The WebSocket finds the same keys.
    "AUTH-REQUIRED": frozenset({"WS-AUTH"}),
    # The form of a key is part of its schema. The faults change keys in HTTP headers only.
    "KEY-FORMAT": frozenset({"SHAPE-BODY", "WS-AUTH"}),
    # The granted scopes are returned, listed, and open operations. The default is a set of grantable scopes.
    "KEY-IMPLIES": frozenset({"KEY-LISTED", "KEY-SCOPES", "KEY-SUB-SCOPES"}),
    "KEY-SCOPES": frozenset({"KEY-SUB-SCOPES"}),
    "KEY-SUB-SCOPES": frozenset({"KEY-SCOPES"}),
    "SCOPE-IMPLIES": frozenset({"KEY-IMPLIES", "SCOPE-SUFFICIENT"}),  # a key with every scope holds `config` too
    "SCOPE-NOT-IMPLIED": frozenset({"KEY-IMPLIES", "KEY-ISOLATION"}),
    # A key is authorized, even without a sub-scope, or it is rejected with another status or message.
    "SCOPE-REQUIRED": frozenset({"CHAT-ADMIN", "KEY-ISOLATION", "SHAPE-BODY", "SHAPE-ENVELOPE", "SHAPE-STATUS"}),
    # All of these use the operation that rejects its key. If it takes another scope instead, it takes too many keys.
    "SCOPE-SUFFICIENT": JOURNEYS | {"ALIAS-SAME", "KEY-ISOLATION", "MSG-FORMS", "MSG-SEGMENTS", "SCOPE-REQUIRED"},
    # For a closed operation, the contract lists only rejections.
    "SCOPE-CLOSED": frozenset({"SHAPE-STATUS"}),
    # The WebSocket finds the same profiles, attachments and sessions.
    "CHAT-PROFILE": frozenset({"WS-RULES"}),
    "MSG-ATTACHMENT": frozenset({"WS-RULES"}),
    "SESSIONS-OWNER": frozenset({"WS-RULES"}),
    # The stream contains the session id. The others name sessions, or find them in a page of the list.
    "CHAT-STREAM": frozenset({"CHAT-SESSION", "JOURNEY-CHAT"}),
    "CHAT-SESSION": frozenset({"CHAT-STREAM", "JOURNEY-CHAT", "SESSIONS-PAGING"}),
    "SESSIONS-PAGING": frozenset({"CHAT-SESSION", "JOURNEY-CHAT", "SESSIONS-OWNER"}),
    # These send strings too. A dropped segment is not validated. A message over IM has no other effect.
    "MSG-FORMS": frozenset({"CHAT-SESSION", "CHAT-STREAM", "JOURNEY-CHAT", "JOURNEY-IM"}),
    "MSG-SEGMENTS": frozenset({"MSG-ATTACHMENT", "MSG-FORMS"}),
    "JOURNEY-IM": frozenset({"MSG-FORMS", "MSG-SEGMENTS"}),
    # The list also has a schema, and is part of the journey.
    "IM-BOTS": frozenset({"SHAPE-BODY", "JOURNEY-IM"}),
    # A resource that the list lacks looks deleted. A wrong response of one path may be right on the other path.
    "JOURNEY-BOT": frozenset({"SCOPE-NO-EFFECT"}),
    "JOURNEY-CHAT": frozenset({"SESSIONS-PAGING"}),
    "JOURNEY-CONFIG": frozenset({"PATH-ID"}),  # a change that is accepted but not made
    "JOURNEY-MCP": frozenset({"ALIAS-SAME"}),
    "JOURNEY-PLUGIN": frozenset({"SCOPE-NO-EFFECT"}),
    "JOURNEY-PROVIDER": frozenset({"ALIAS-SAME", "SCOPE-NO-EFFECT"}),
    "JOURNEY-SKILL": frozenset({"ALIAS-SAME"}),
    # A rejected creation that is stored is also seen if several creations with the same id arrive at the same time.
    "SCOPE-NO-EFFECT": frozenset({"UPDATE-EXACT"}),
    # A crash instead of a rejection of the same input, and without the error envelope.
    "ROBUST-INPUT": frozenset(
        {"CHAT-USERNAME", "IM-FIELDS", "KEY-EXPIRY", "KEY-SCOPES", "KEY-SUB-SCOPES", "MSG-EMPTY", "SHAPE-ERRORS"}
    ),
    # These read responses that do not match the schema.
    "SHAPE-BODY": JOURNEYS | {"SCOPE-NO-EFFECT", "SESSIONS-PAGING"},
    "SHAPE-ENVELOPE": JOURNEYS,
}


@dataclass(frozen=True, slots=True)
class Kill:
    """The result of a run on a server with a fault.

    trouble: why the run gave no result, if it gave none. crashes: the unexpected exceptions that the server logged.
    """

    fault: Fault
    failed: frozenset[str] = frozenset()
    seconds: float = 0.0
    trouble: str | None = None
    crashes: tuple[str, ...] = ()

    @property
    def has_crashed(self) -> bool:
        """Whether the server ran into an unexpected exception that the fault does not declare."""
        return bool(self.crashes) and not self.fault.crashes

    @property
    def is_clean(self) -> bool:
        """Whether the broken requirement failed, only dependent requirements failed too, and nothing crashed."""
        allowed = {self.fault.breaks} | FOLLOWS.get(self.fault.breaks, frozenset())
        is_found = self.fault.breaks in self.failed and self.failed <= allowed
        return self.trouble is None and is_found and not self.has_crashed


def needs_browser(fault: Fault) -> bool:
    """Whether only the browser check finds a fault."""
    return fault.breaks.startswith("UI-")


def kill(
    fault: Fault,
    seed: int = 1,
    *,
    alone: bool = False,
    release: str | None = None,
    serving: Callable[..., AbstractContextManager[str]] = watched,
) -> Kill:
    """The result of a default run on a server with this fault; with `alone`, of the requirement that it breaks.

    release: the one to break; by default the one that the fault names.
    The web UI is judged too if the fault breaks it. Raises NoBrowser if that is not possible.
    """
    began, crashes = time.perf_counter(), list[str]()
    requirements = frozenset({fault.breaks} if alone else ())
    browser = find_browser() if needs_browser(fault) else None
    report = default_run(
        fault,
        seed=seed,
        requirements=requirements,
        browser=browser,
        release=release or fault.release,
        timeout=SHORT_TIMEOUT if fault.breaks == "ROBUST-TIME" else TIMEOUT,
        serving=partial(serving, crashes=crashes),
    )
    failed = frozenset(r.id for r in report.requirements if r.status == "failed")
    return Kill(fault, failed, time.perf_counter() - began, crashes=tuple(crashes))


def kill_all(
    faults: Iterable[Fault], processes: int, seed: int = 1, *, alone: bool = False, release: str | None = None
) -> Iterator[Kill]:
    """The results of a run for each fault, `processes` at a time, in the order in which they end.

    A run that visits the web UI mostly waits for the browser, so one runs in addition to the others.

    Each run has a forked process. It inherits the modules that a first run on the sound server loaded. With `alone`, a
    few runs take less time without it.
    """
    faults = list(faults)
    if not alone or len(faults) > FEW:
        default_run(release=release or BASE)
        gc.freeze()  # otherwise each run would collect the loaded modules, and thereby copy their memory
    make = multiprocessing.get_context("fork")
    waiting, running = faults[::-1], dict[Connection, tuple[ForkProcess, Fault, float]]()
    while waiting or running:
        while waiting and len(running) <= processes and _busy(running.values()) < processes:
            fault = waiting.pop()
            ours, theirs = make.Pipe(duplex=False)
            process = make.Process(target=_report_kill, args=(theirs, fault, seed, alone, release))
            process.start()
            theirs.close()
            running[ours] = process, fault, time.monotonic()
        for ready in wait(list(running), timeout=5):
            assert isinstance(ready, Connection)
            process, fault, _ = running.pop(ready)
            yield _received(ready, fault)
            process.join()
        for late in [ours for ours, (_, _, since) in running.items() if time.monotonic() - since > PATIENCE]:
            process, fault, _ = running.pop(late)
            process.kill()
            yield Kill(fault, seconds=PATIENCE, trouble="the run did not end")


def _busy(running: Iterable[tuple[ForkProcess, Fault, float]]) -> int:
    return sum(not needs_browser(fault) for _, fault, _ in running)


def sound_runs(seeds: Iterable[int], processes: int) -> Iterator[tuple[int, list[str]]]:
    """For each seed, the findings of a run on the sound server: none is expected."""
    with multiprocessing.get_context("fork").Pool(processes, maxtasksperchild=1) as pool:
        yield from pool.imap_unordered(_sound_run, seeds)


def _sound_run(seed: int) -> tuple[int, list[str]]:
    report = default_run(seed=seed)
    wrong = [f"{finding.requirement} {finding.operation}: {finding.actual}" for finding in report.findings]
    unjudged = [f"{r.id}: {r.status}" for r in report.requirements if r.status != "passed" and not r.by_choice]
    return seed, [*wrong, *unjudged, *([report.trouble] if report.trouble else [])]


def _report_kill(
    theirs: Connection,
    fault: Fault,
    seed: int,
    alone: bool,  # noqa: FBT001  by Process
    release: str | None,
) -> None:
    logging.disable()  # a broken server logs many errors
    gc.set_threshold(*RARELY)
    try:
        result = kill(fault, seed, alone=alone, release=release, serving=watched_apart)
        theirs.send((result.failed, result.seconds, None, result.crashes))
    except BaseException as error:  # noqa: BLE001  every error is reported
        theirs.send((frozenset(), 0.0, f"{type(error).__name__}: {error}", ()))


def _received(ours: Connection, fault: Fault) -> Kill:
    try:
        failed, seconds, trouble, crashes = ours.recv()
    except EOFError:
        return Kill(fault, trouble="the run died")
    return Kill(fault, failed, seconds, trouble, crashes)

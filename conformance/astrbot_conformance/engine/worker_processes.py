"""Several processes for one run (`-n`): each has its share of the checks, and removes its own keys at the end.

The suite starts its own processes instead of using pytest-xdist, which hands out checks one by one as others end. Here
a process has to know all of its checks to run them ahead of their turn. The checks that judge the observations of
others have to wait for every process. The processes communicate through pipes, and nothing is stored.

They log in once. They share the number of remaining chats and the lock for requests that must run alone. Each names its
resources `conform-<run>-<number>-…`: if one dies, the run removes its keys.
"""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event

from astrbot_api.operation import Operation

from astrbot_conformance.chat.chats import Allowance
from astrbot_conformance.contract import PortableContract
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.scheduler import Listener, NothingSelected
from astrbot_conformance.engine.shard import Shard
from astrbot_conformance.engine.shard_run import run_shard
from astrbot_conformance.engine.worker import Worker, observing
from astrbot_conformance.http import KeyHeader, Target
from astrbot_conformance.http.read_write_lock import SharedReadWriteLock
from astrbot_conformance.http.removal import Left
from astrbot_conformance.interruption import sigterm_as_interrupt, told_of_interrupts
from astrbot_conformance.keys.dashboard import Dashboard, NoDashboard, session_token
from astrbot_conformance.keys.given_keys import GivenKeys
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import shortened
from astrbot_conformance.passive.observations import Seen
from astrbot_conformance.preflight.release_detection import TargetProfile
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.resources.canaries import Canaries
from astrbot_conformance.secret import Secret, all_held, mask
from astrbot_conformance.verdict.judgement import Judgement

CLEANUP = 70.0  # seconds that a process has to remove its resources when it is interrupted
ENDING = 10.0  # seconds from the last message of a process to its end
SPAWN = multiprocessing.get_context("spawn")  # a fork would copy the locks of all threads


@dataclass(frozen=True, slots=True)
class Charge:
    """The input of a process when it starts."""

    options: RunOptions
    shard: Shard
    contract: PortableContract  # by which the target is judged
    beyond: tuple[Operation, ...]  # published operations that the contract does not know
    token: Secret | None  # of the dashboard, if there is a login
    key_header: KeyHeader
    chats: "Synchronized[int]"
    shared_lock: SharedReadWriteLock
    stop: Event
    canaries: Canaries  # their secrets register themselves when the process receives them


@dataclass(frozen=True, slots=True)
class Account:
    """The result of a process, or the sum of the results of all processes.

    stopped: the process ended early. unanswered: whether the target did not respond to the last request.
    """

    judgements: tuple[Judgement, ...] = ()
    errors: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    seen: tuple[Seen, ...] = ()
    held: tuple[Secret, ...] = ()
    requests: int = 0
    keyed_requests: int = 0
    repeated: int = 0
    interrupted: bool = False
    unanswered: bool = False
    stopped: bool = False
    is_last: bool = False
    nothing_selected: str | None = None

    def __add__(self, other: "Account") -> "Account":
        """The sum of both."""
        return Account(
            judgements=self.judgements + other.judgements,
            errors=self.errors + other.errors,
            left=self.left + other.left,
            seen=self.seen + other.seen,
            held=self.held + other.held,
            requests=self.requests + other.requests,
            keyed_requests=self.keyed_requests + other.keyed_requests,
            repeated=self.repeated + other.repeated,
            interrupted=self.interrupted or other.interrupted,
            unanswered=self.unanswered or other.unanswered,
            nothing_selected=self.nothing_selected or other.nothing_selected,
        )


def share_out(worker: Worker, listener: Listener) -> Account:
    """Let `options.workers` processes run all checks except those that wait for the others. Raises NothingSelected."""
    options, profile = worker.options, worker.profile
    stop, chats = SPAWN.Event(), SPAWN.Value("i", 0)
    shared_lock = SharedReadWriteLock(SPAWN)
    token = None if isinstance(worker.dashboard, NoDashboard) else worker.dashboard.token

    def charge(number: int) -> Charge:
        mine = replace(
            options,
            target=replace(
                options.target,
                concurrency=max(options.target.concurrency // options.workers, 1),
                rate=options.target.rate and options.target.rate / options.workers,
            ),
            run=f"{options.run}-{number}",
            observer=None,
        )
        shard = Shard(number, options.workers)
        contract, beyond = PortableContract.of(profile.contract), profile.beyond
        header, canaries = worker.target.key_header, worker.canaries
        return Charge(mine, shard, contract, beyond, token, header, chats, shared_lock, stop, canaries)

    def heard(judgement: Judgement, checks: int) -> None:
        listener(judgement, checks)
        if options.stop_at_first and judgement.finding and options.selection.counts(judgement.finding):
            stop.set()

    with _started([charge(number) for number in range(options.workers)]) as (pipes, processes):
        together = _gathered(pipes, heard, stop, processes)
    if together.nothing_selected and not together.judgements:
        raise NothingSelected(together.nothing_selected)
    judgements = [_masked(judgement) for judgement in together.judgements]
    return replace(together, judgements=tuple(sorted(judgements, key=lambda judgement: judgement.place)))


@contextlib.contextmanager
def _started(charges: list[Charge]) -> Iterator[tuple[list[Connection], list[SpawnProcess]]]:
    """The pipe from each process, and the active processes; all have ended when the block ends."""
    pipes, processes = list[Connection](), list[SpawnProcess]()
    with _unheard_interrupts():
        for charge in charges:
            here, there = SPAWN.Pipe(duplex=False)
            process = SPAWN.Process(target=_work, args=(charge, there), daemon=True)
            process.start()
            there.close()
            pipes.append(here)
            processes.append(process)
    try:
        yield pipes, processes
    finally:
        for process in processes:
            process.join(ENDING)
            process.kill()  # None if it has ended
            process.join()


@contextlib.contextmanager
def _unheard_interrupts() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: only this process receives it, then tells them to stop and waits."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread: there is no interruption
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _gathered(pipes: list[Connection], listener: Listener, stop: Event, processes: list[SpawnProcess]) -> Account:
    """Collect the results of all processes. On an interruption, stop them; they have a minute to end."""
    together, unfinished, interrupts = Account(), list(pipes), list[float]()

    def interrupted() -> None:
        interrupts.append(time.monotonic())
        stop.set()
        for process in processes:
            process.terminate()

    with told_of_interrupts(interrupted):
        while unfinished:
            ready = wait(unfinished, timeout=1.0)
            if interrupts and time.monotonic() - interrupts[0] > CLEANUP:
                together += Account(errors=(f"{len(unfinished)} processes of the run did not end",))
                break
            for pipe in [pipe for pipe in unfinished if pipe in ready]:
                said = _received(pipe, listener)
                if said.is_last:
                    unfinished.remove(pipe)
                together += said
    return replace(together, interrupted=together.interrupted or bool(interrupts), stopped=stop.is_set())


def _received(pipe: Connection, listener: Listener) -> Account:
    """The next message from a process."""
    try:
        said = pipe.recv()
    except EOFError:
        return Account(errors=("a process of the run died",), is_last=True)
    if isinstance(said, Account):
        return said
    judgement, collected = said
    listener(judgement, collected)
    return Account(judgements=(judgement,))


def _masked(judgement: Judgement) -> Judgement:
    """A judgement of another process, masked again: this process holds secrets that the other one does not know."""
    finding = judgement.finding and replace(judgement.finding)
    return replace(judgement, finding=finding, reason=judgement.reason and mask(judgement.reason))


def _work(charge: Charge, there: Connection) -> None:
    """Run the share of a process. This is the entry point of the process."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # all its output goes through the pipe, where everything is masked
        os.dup2(nowhere, stream)
    try:
        with sigterm_as_interrupt():
            there.send(_account(charge, there))
    except BaseException as error:  # noqa: BLE001  every error is reported to the run
        there.send(Account(errors=(_told(error),), held=tuple(all_held()), is_last=True))


def _account(charge: Charge, there: Connection) -> Account:
    options = charge.options
    target = astrbot_target(options.target, shared_lock=charge.shared_lock, mark=options.mark)
    target.key_header = charge.key_header
    dashboard = _dashboard(charge, target)
    given, contract = options.given, charge.contract.contract()
    profile = TargetProfile(None, contract, charge.beyond)
    own_keys = KeyRing(dashboard, options.run, contract, options.expired_key)
    keys = own_keys if given is None else GivenKeys(options.run, contract, given)
    observations = observing(target, contract)
    allowance = Allowance(options.chats_allowed, charge.chats)
    worker = Worker(options, profile, target, dashboard, keys, allowance, observations, charge.canaries)

    def tell(judgement: Judgement, checks: int) -> None:
        try:
            there.send((judgement, checks))
        except OSError:  # the main process has ended
            charge.stop.set()
        if charge.stop.is_set():
            raise KeyboardInterrupt

    try:
        result = run_shard(worker, charge.shard, tell)
    except NothingSelected as nothing:
        return Account(nothing_selected=str(nothing), held=tuple(all_held()), is_last=True)
    finally:
        target.close()
    return Account(
        errors=tuple(map(_told, [*result.errors, *target.observers.errors])),
        left=result.left,
        seen=(observations.seen,),
        held=tuple(all_held()),
        requests=target.requests,
        keyed_requests=target.keyed_requests,
        repeated=result.repeated,
        interrupted=result.interrupted and not charge.stop.is_set(),
        unanswered=target.circuit_breaker.last_failed,
        is_last=True,
    )


def _dashboard(charge: Charge, target: Target) -> Dashboard:
    username, password = charge.options.username, charge.options.password
    if not charge.token or not username or not password:
        return NoDashboard()
    return Dashboard(target, charge.token, partial(session_token, target, username, password))


def _told(error: BaseException) -> str:
    return shortened(f"{type(error).__name__}: {error}")

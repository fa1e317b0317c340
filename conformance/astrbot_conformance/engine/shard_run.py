"""The work of one process of a run: its share of the checks, with its own keys, until the last key is removed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from astrbot_conformance.engine.judging import Resources
from astrbot_conformance.engine.run_cleanup import RunCleanup
from astrbot_conformance.engine.scheduler import Listener, Scheduler
from astrbot_conformance.engine.shard import LAST, WHOLE, Shard
from astrbot_conformance.engine.worker import Worker
from astrbot_conformance.http import Target
from astrbot_conformance.http.recovery import is_back
from astrbot_conformance.http.removal import Left
from astrbot_conformance.inputs.exploration import keep_caches_elsewhere
from astrbot_conformance.interruption import sigterm_as_interrupt, undisturbed
from astrbot_conformance.verdict.judgement import Judgement
from astrbot_conformance.verdict.picture import Picture

GRACE = 2.0  # seconds that running requests may still take when a run is interrupted


@dataclass(frozen=True, slots=True)
class WorkerResult:
    """The result of a worker.

    left: the resources that could not be removed. repeated: how many checks got no response at first.
    """

    judgements: tuple[Judgement, ...]
    errors: tuple[BaseException, ...]
    repeated: int
    left: tuple[Left, ...]
    interrupted: bool
    pictures: tuple[Picture, ...]


def run_shard(
    worker: Worker,
    shard: Shard,
    listener: Listener,
    *,
    interrupted: bool = False,
    others: Sequence[Judgement] = (),
) -> WorkerResult:
    """Run a share of the checks, or only clean up if the run was interrupted before. Raises NothingSelected.

    others: the judgements of other processes.
    """
    run_cleanup, scheduler, is_complete = worker.run_cleanup(), None, False
    keep_caches_elsewhere()
    try:
        scheduler = _scheduler(worker, shard, listener, run_cleanup)
        creates_keys = worker.options.selection.is_whole and shard != LAST
        interrupted = interrupted or _run_until_interrupted(scheduler, creates_keys=creates_keys)
        if shard in (WHOLE, LAST):
            reported = [*others, *scheduler.judgements]
            may_send = not interrupted and not scheduler.is_over
            scheduler.report_passive(worker.passive_judgements(run_cleanup.keys, reported, sends_controls=may_send))
        is_complete = not interrupted
    finally:
        with undisturbed(worker.target.hurry):
            if scheduler is not None and not is_complete:
                _abandon(scheduler, worker.target)
            elif scheduler is not None:
                scheduler.close()
            run_cleanup.remove()
    return WorkerResult(
        judgements=tuple(sorted(scheduler.judgements, key=lambda judgement: judgement.place)),
        errors=tuple(scheduler.errors),
        repeated=scheduler.repeated,
        left=tuple(run_cleanup.left),
        interrupted=interrupted,
        pictures=run_cleanup.web_ui.pictures,
    )


def _scheduler(worker: Worker, shard: Shard, listener: Listener, run_cleanup: RunCleanup) -> Scheduler:
    """The scheduler of the shard. Raises NothingSelected."""
    resources = worker.resources(run_cleanup)

    def again() -> Resources | None:
        if worker.options.given is not None or not is_back(worker.target):
            return None
        worker.target.forget()
        keys, chats = run_cleanup.start_again(worker.dashboard)
        return replace(resources, keys=keys, chats=chats)

    return Scheduler(
        worker.catalogue,
        resources,
        listener,
        shard=shard,
        stops_at_first=worker.options.stop_at_first,
        again=again,
        before_last=run_cleanup.remove_all_but_keys,
    )


def _run_until_interrupted(scheduler: Scheduler, *, creates_keys: bool) -> bool:
    """Run the checks. Return whether Ctrl-C, SIGTERM or SIGHUP ended them."""
    try:
        with sigterm_as_interrupt():
            if creates_keys:
                scheduler.create_keys()
            scheduler.run()
    except KeyboardInterrupt:
        return True
    return False


def _abandon(scheduler: Scheduler, target: Target) -> None:
    """End the checks within three seconds: running requests may complete, and no other request is sent."""
    target.wind_down()
    if not scheduler.close(GRACE):
        target.hang_up()
        scheduler.close(GRACE / 2)

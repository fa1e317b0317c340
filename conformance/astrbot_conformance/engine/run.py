"""One run, from first contact to the removal of the last key."""

import time
from collections.abc import Collection, Iterator, Sequence

from astrbot_api.contract import Contract

from astrbot_conformance.engine.preparation import Preparation, prepared
from astrbot_conformance.engine.proof import UNSERVED, proven
from astrbot_conformance.engine.run_lock import announced
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.scheduler import Listener
from astrbot_conformance.engine.shard import LAST, WHOLE
from astrbot_conformance.engine.shard_run import WorkerResult, run_shard
from astrbot_conformance.engine.worker_processes import Account, share_out
from astrbot_conformance.http import Target
from astrbot_conformance.http.removal import Left
from astrbot_conformance.outcome import shortened
from astrbot_conformance.passive.observations import Seen
from astrbot_conformance.verdict.judgement import Judgement, Report

NAMED = 10  # number of leftovers that are named


def judge(options: RunOptions, listener: Listener) -> tuple[Report, list[BaseException]]:
    """Judge the target. Raises CannotStart before the first check; returns the report and the suite's errors."""
    began = time.perf_counter()
    with announced(options.run, options.target.base), prepared(options) as preparation:
        worker, others = preparation.worker, Account()
        if options.workers > 1:
            others = share_out(worker, listener)
            for seen in others.seen:
                worker.observations.merge(seen)
            if others.unanswered:
                worker.target.circuit_breaker.record_failure()
        result = run_shard(
            worker,
            LAST if options.workers > 1 else WHOLE,
            listener,
            interrupted=others.interrupted or others.stopped,
            others=others.judgements,
        )
        errors = [*map(RuntimeError, others.errors), *result.errors, *worker.target.observers.errors]
        return report_of_run(preparation, result, others, errors, time.perf_counter() - began), errors


def report_of_run(
    preparation: Preparation,
    result: WorkerResult,
    others: Account,
    errors: Sequence[BaseException],
    seconds: float,
) -> Report:
    """The report of a run: of this process, with `result`, and of the other processes."""
    worker = preparation.worker
    options, profile, target, seen = worker.options, worker.profile, worker.target, worker.observations.seen
    in_order = sorted((*others.judgements, *result.judgements), key=lambda judgement: judgement.place)
    judgements = tuple(proven(in_order, seen, profile.contract))
    left = (*others.left, *result.left)
    blamed = {judgement.finding.operation for judgement in judgements if judgement.finding}
    is_interrupted = others.interrupted or (result.interrupted and not others.stopped)
    unusable = [one for one in judgements if one.unusable and _is_must(one, profile.contract)]
    reasons = ["the run was interrupted"] if is_interrupted else [*_unhandled(errors, unusable)]
    reasons += _troubles(target, [one for one in left if one.removal not in blamed and not one.kind])
    return Report(
        url=options.target.base,
        release=profile.release,
        contract=profile.contract,
        beyond=tuple(map(str, profile.beyond)),
        run=options.run,
        seed=options.selection.seed,
        effects=options.target.effects,
        seconds=seconds,
        requests=target.requests + others.requests,
        keyed_requests=target.keyed_requests + others.keyed_requests,
        strict=options.selection.strict,
        known=options.selection.known,
        known_of=profile.contract.release if options.forgiving else None,
        held=worker.keys.live_scopes,
        judgements=judgements,
        notes=(*preparation.notes, *_outage(others.repeated + result.repeated), *_left_behind(left, blamed)),
        pictures=result.pictures,
        selection=options.narrowed_by,
        trouble="; ".join(reasons) or _unadmitted(seen),
    )


def _outage(checks: int) -> Iterator[str]:
    """Report that the target did not respond for a while, if some checks were affected."""
    if checks:
        yield f"{checks} check{'' if checks == 1 else 's'} got no response at first and ran a second time"


def _left_behind(left: Sequence[Left], blamed: Collection[str]) -> Iterator[str]:
    """The resources that remain although the run did not fail: one line for each reason, with their number."""
    for kind in dict.fromkeys(one.kind for one in left if one.kind):
        yield f"left on the target: {_counted([one.what for one in left if one.kind == kind], kind)}"
    for removal in dict.fromkeys(one.removal for one in left if one.removal in blamed):
        remaining = [one.what for one in left if one.removal == removal]
        yield f"left on the target, because {removal} does not remove it (see the finding): {_counted(remaining)}"


def _counted(names: Sequence[str], kind: str = "") -> str:
    """Names with their number: `keys (12): a, b, …`. Only the first are named."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    listed = f"{', '.join(names[:NAMED])}{more}"
    if kind:
        return f"{kind} ({len(names)}): {listed}"
    return f"{len(names)}: {listed}" if len(names) > 1 else listed


def _unhandled(errors: Sequence[BaseException], unusable: Sequence[Judgement]) -> Iterator[str]:
    """Why the run may have missed something: errors of the suite, else responses that no check could use."""
    if errors:
        error = shortened(f"{type(errors[0]).__name__}: {errors[0]}")
        yield f"the suite could not handle something ({error}); --debug shows where"
    elif unusable:
        yield f"{len(unusable)} checks got a response that cannot be used ({unusable[0].reason})"


def _troubles(target: Target, left: Sequence[Left]) -> Iterator[str]:
    """Why the run did not complete, and which resources it could not remove."""
    if reason := target.budget.exhausted:
        yield f"the run stopped sending requests: {reason}"
    if target.circuit_breaker.last_failed:
        yield "the target stopped responding"
    if left:
        yield f"left on the target: {_counted([one.what for one in left])}; `astrbot-contract clean` tries again"


def _is_must(judgement: Judgement, contract: Contract) -> bool:
    return contract.requirements[judgement.requirement].level == "MUST"


def _unadmitted(seen: Seen) -> str | None:
    if not seen.shows_a_key or seen.serves_a_key:
        return None
    return UNSERVED if seen.admits_a_key else "the target rejected every key in every request"

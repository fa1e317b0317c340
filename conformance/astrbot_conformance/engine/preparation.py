"""The preparation of a run: first contact, the release of the target, and the keys with which it is judged."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from astrbot_api.contract import Contract

from astrbot_conformance.chat.chats import Allowance
from astrbot_conformance.engine.previous_runs import removed_leftovers
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.worker import Worker, observing
from astrbot_conformance.http import Target
from astrbot_conformance.interruption import undisturbed
from astrbot_conformance.keys.dashboard import Dashboard, NoDashboard
from astrbot_conformance.keys.given_keys import GivenKeys
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.preflight.first_contact import log_in, meet
from astrbot_conformance.preflight.first_key import answers_quickly, find_key_header
from astrbot_conformance.preflight.release_detection import TargetProfile, detect_release
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.resources.canaries import NO_CANARIES, plant
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.verdict.known import known_of


@dataclass(frozen=True, slots=True)
class Preparation:
    """The worker of the run's own process, and notes for the report."""

    worker: Worker
    notes: tuple[str, ...]


@contextlib.contextmanager
def prepared(options: RunOptions, *, plants: bool = True) -> Iterator[Preparation]:
    """Meet the target and prepare everything that the checks require. Raises CannotStart.

    plants: whether to plant secrets, if a selected check searches for them.
    If the block or the preparation raises, the keys are removed. The connections are closed in any case.
    """
    meet(options.target)
    target = astrbot_target(options.target, mark=options.mark)
    target.observers += [options.observer] if options.observer else []
    try:
        dashboard = NoDashboard() if options.given is not None else log_in(target, options.username, options.password)
        profile = detect_release(target, dashboard, options.release)
        options = _forgiving(options, profile)
        observations = observing(target, profile.contract)
        keys, planting = _keys(options, target, dashboard, profile.contract), Cleanup(target)
        try:
            find_key_header(target, keys)
            options = _as_fast_as_the_target(options, target, keys)
            notes = (*profile.notes, *removed_leftovers(target, dashboard, profile.contract, options.run))
            allowance = Allowance(options.chats_allowed)
            worker = Worker(options, profile, target, dashboard, keys, allowance, observations, planting=planting)
            canaries = plant(target, keys, planting) if plants and worker.needs_canaries else NO_CANARIES
            yield Preparation(replace(worker, canaries=canaries), notes)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                target.wind_down()
            with undisturbed(target.hurry):
                planting.close()
                keys.close()
            raise
    finally:
        target.close()


def _forgiving(options: RunOptions, profile: TargetProfile) -> RunOptions:
    """The options with the known deviations of the judged release, if these are to be forgiven."""
    if not options.forgiving:
        return options
    known = (*options.selection.known, *known_of(profile.contract.release, profile.release))
    return replace(options, selection=replace(options.selection, known=known))


def _keys(options: RunOptions, target: Target, dashboard: Dashboard, contract: Contract) -> KeyRing:
    """The keys of the run. Raises CannotStart if the given keys are not usable."""
    if options.given is None:
        return KeyRing(dashboard, options.run, contract, options.expired_key)
    given = GivenKeys(options.run, contract, options.given)
    given.check(target)
    return given


def _as_fast_as_the_target(options: RunOptions, target: Target, keys: KeyRing) -> RunOptions:
    """The options for a quick target, if it responds quickly, the rate is not limited and no observer records."""
    if options.target.rate is not None or options.observer is not None or not answers_quickly(target, keys):
        return options
    target.options = replace(options.target, is_quick=True)
    return replace(options, target=target.options)

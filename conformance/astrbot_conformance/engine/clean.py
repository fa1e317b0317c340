"""`astrbot-contract clean`: removes the leftovers of dead runs on a target, and lists what it does not remove."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from astrbot_conformance.engine.run_lock import going
from astrbot_conformance.http import TargetOptions
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.preflight.first_contact import log_in, meet
from astrbot_conformance.preflight.release_detection import detect_release
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.resources.leftovers import Cleaned, remove_leftovers
from astrbot_conformance.run_mark import PREFIX, Names, has_old_mark, names_of, names_of_all_but, run_of
from astrbot_conformance.secret import secret_in


@dataclass(frozen=True, slots=True)
class Cleaning:
    """The resources that were removed from the target at `base`. going: its active runs, which were spared."""

    base: str
    cleaned: Cleaned
    going: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """The removed and the remaining resources, one line each."""
        cleaned = self.cleaned
        yield f"removed {cleaned.removed} of interrupted runs from {self.base}"
        for session in cleaned.unremovable:
            yield f"stays: chat session {session}, which only the key of that run could remove"
        for what in cleaned.left:
            yield f"left: {what}"
        for run in self.going:
            yield f"untouched: what is called {PREFIX}{run}-…, a run that is still going on this machine"
        for what in cleaned.similar:
            yield f"untouched: {what}, which may be of an old run or yours; `--run` removes what belongs to that run"


def clean_target(options: TargetOptions, runs: Sequence[str]) -> Cleaning:
    """Remove the leftovers of dead runs at the address in `options`; if `runs` are named, only theirs.

    The login comes from the environment. Raises CannotStart if the target or the login is wrong, NotJudged if the keys
    of the target cannot be listed or created.
    """
    meet(options)
    target = astrbot_target(options)
    try:
        dashboard = log_in(target, os.environ.get("ASTRBOT_USERNAME"), secret_in("ASTRBOT_PASSWORD"))
        contract, busy = detect_release(target, dashboard).contract, going()
        here = _on_target(dashboard, options.base, busy)
        names: Names = names_of(set(runs) - busy.keys()) if runs else names_of_all_but(busy)
        cleaned = remove_leftovers(target, dashboard, contract, names, similar=None if runs else has_old_mark)
    finally:
        target.close()
    return Cleaning(options.base, cleaned, tuple(here))


def _on_target(dashboard: Dashboard, base: str, busy: dict[str, str]) -> list[str]:
    """The `busy` runs on this target: they use the same address, or the target has their keys."""
    seen = {run_of(key.get("name")) for key in dashboard.listed_keys()}
    return [run for run, its_base in busy.items() if its_base == base or run in seen]

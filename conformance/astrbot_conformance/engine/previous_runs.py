"""Previous runs: which of them are dead, and what happens to their leftovers.

A run is identified by its keys, which it creates first and removes last. For a run on this machine, a lock shows
whether it is active. For other runs the target shows it, by its own clock: it records when a key was used last, and a
run uses one of its keys every few seconds. If the last use was long ago, the run is dead. Leftovers that are not
removed are reported.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from astrbot_api.contract import Contract

from astrbot_conformance.engine import run_lock
from astrbot_conformance.http import Target
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.outcome import NotJudged, shortened
from astrbot_conformance.resources.leftovers import Cleaned, remove_leftovers
from astrbot_conformance.run_mark import names_of, run_of

QUIET = timedelta(minutes=10)  # longer than any run waits for a response
TIMES = ("created_at", "updated_at", "last_used_at")


@dataclass(frozen=True, slots=True)
class PreviousRun:
    """Runs that have keys on the target: dead runs, and other runs by the time since their last activity."""

    dead: frozenset[str]
    recent: dict[str, timedelta]


def removed_leftovers(target: Target, dashboard: Dashboard, contract: Contract, run: str) -> tuple[str, ...]:
    """Remove the leftovers of dead runs, as far as the effects allow; return one line for each result."""
    try:
        earlier = earlier_runs(dashboard.listed_keys(), run)
        told = [_named(other, ago) for other, ago in earlier.recent.items()]
        if not earlier.dead:
            return tuple(told)
        cleaned = remove_leftovers(
            target, dashboard, contract, names_of(earlier.dead), things_too=target.options.allows("write")
        )
    except NotJudged:
        return ()  # keys cannot be listed or created here; the checks will report it
    except Exception as error:  # noqa: BLE001  the target's lists may have any form; the run itself can still begin
        return (shortened(f"leftovers of earlier runs were not removed: {type(error).__name__}: {error}"),)
    for other in earlier.dead:
        run_lock.forget(other)
    return (*told, *_told(cleaned, sorted(earlier.dead), read_only=not target.options.allows("write")))


def earlier_runs(keys: list[dict[str, Any]], mine: str) -> PreviousRun:
    """The runs other than `mine` in a list of keys. The youngest key of `mine` shows the current time of the target."""
    seen: dict[str, datetime] = {}
    for key in keys:
        run, times = run_of(key.get("name")), [_time(key.get(name)) for name in TIMES]
        known = [time for time in times if time]
        if run and known:
            seen[run] = max([*known, *([seen[run]] if run in seen else [])])
    now = seen.pop(mine, None)
    states = {run: run_lock.state_of(run) for run in seen}
    ago = {run: now - last for run, last in seen.items()} if now else {}
    dead = {
        run for run in seen if states[run] == "dead" or (states[run] == "unknown" and ago.get(run, timedelta()) > QUIET)
    }
    return PreviousRun(frozenset(dead), {run: time for run, time in ago.items() if run not in dead})


def _told(cleaned: Cleaned, runs: list[str], *, read_only: bool) -> Iterator[str]:
    names = ", ".join(f"conform-{run}-…" for run in runs)
    yield f"removed {cleaned.removed} of runs that were killed ({names})"
    if read_only:
        yield "other resources of these runs stay with --effects read; `astrbot-contract clean` removes them"
    for session in cleaned.unremovable:
        yield f"stays: chat session {session}, which only the key of that run could remove"
    for what in cleaned.left:
        yield f"left: {what}"


def _named(run: str, ago: timedelta) -> str:
    if run_lock.state_of(run) == "going":
        return f"another run is going on this target (conform-{run}-…)"
    since = f"{int(ago.total_seconds() // 60)} minutes" if ago >= timedelta(minutes=2) else "less than two minutes"
    return (
        f"another run was at work here {since} ago (conform-{run}-…); if it was killed, `astrbot-contract clean` "
        "removes what it left"
    )


def _time(text: Any) -> datetime | None:
    """A time with its offset; None if the text is not one."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None

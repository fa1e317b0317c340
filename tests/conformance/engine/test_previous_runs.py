"""Runs of other machines: their keys show whether they are active."""

from typing import Any

from astrbot_conformance.engine.previous_runs import earlier_runs
from astrbot_conformance.run_mark import checked


def listed(name: str, *, made: str, used: str | None = None) -> dict[str, Any]:
    """A key as the dashboard lists it, created and used at these times of one day."""
    day = "2026-11-22T"
    return {"name": name, "created_at": f"{day}{made}:00+00:00", "last_used_at": used and f"{day}{used}:00+00:00"}


def test_runs_of_other_machines_are_recognized_by_their_activity() -> None:
    """Ten minutes without activity on the clock of the target; without times, nothing is known."""
    one, two, three, four, five, six, own = (checked(f"{number:012x}") for number in range(1, 8))
    keys: list[dict[str, Any]] = [
        listed(f"conform-{one}-im", made="09:00"),
        listed(f"conform-{two}-im", made="09:00", used="09:49"),
        listed(f"conform-{three}-im", made="09:00", used="09:55"),
        listed(f"conform-{three}-0-bot", made="09:00"),
        listed(f"conform-{four}-im", made="09:58"),
        listed(f"conform-{five[:-1]}-im", made="09:00"),
        listed("conform-20260101-im", made="09:00"),
        {"name": f"conform-{six}-im", "created_at": "yesterday", "last_used_at": None},
        listed(f"conform-{own}-im", made="10:00"),
    ]

    previous = earlier_runs(keys, own)

    assert previous.dead == {one, two}
    assert {run: ago.seconds // 60 for run, ago in previous.recent.items()} == {three: 5, four: 2}
    assert earlier_runs(keys[:-1], own).dead == frozenset()

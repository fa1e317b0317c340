"""Recordings of real AstrBots: the facts of every step, one line of JSON for all steps with the same facts."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from astrbot_api import releases
from astrbot_conformance.chat.chats import Allowance, Chats
from astrbot_conformance.http import TargetOptions
from astrbot_conformance.keys.dashboard import logged_in
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.run_mark import new_mark
from astrbot_conformance.secret import Secret

from tests.twin.facts import Facts
from tests.twin.steps import Walk

RECORDED = Path(__file__).parent / "recorded"
RELEASES = ("4.26.0b8", "4.29.1")
PATIENCE = 60.0  # seconds for a response
Recording = dict[tuple[str, str], Facts]  # by operation and case


def walked(
    release: str, url: str, username: str, password: str, *, model: str, mcp_server: Mapping[str, Any]
) -> Recording:
    """The facts of every step on the disposable server at `url`.

    model: the address of a scripted model. mcp_server: how the server connects to an MCP server.
    """
    options = TargetOptions(url, effects="destructive", disposable=True, timeout=PATIENCE, mcp_server=mcp_server)
    target, run, contract = astrbot_target(options), new_mark(), releases.contract(release)
    try:
        keys = KeyRing(logged_in(target, username, Secret(password, "ASTRBOT_PASSWORD")), run, contract)
        walk = Walk(contract, target, keys, Chats(target, keys, run, Allowance(math.inf)), model)
        walk.go()
        if target.observers.errors:
            raise target.observers.errors[0]
        return walk.facts
    finally:
        target.close()


def recording_of(release: str) -> Recording:
    """The recording of a release."""
    lines = (RECORDED / f"{release}.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return {
        (operation, case): frozenset(entry["facts"])
        for entry in entries
        for case, operations in entry["steps"].items()
        for operation in operations
    }


def record(release: str, recording: Recording) -> None:
    """Write the recording of a release."""
    steps: dict[Facts, dict[str, list[str]]] = {}
    for (operation, case), facts in sorted(recording.items()):
        steps.setdefault(facts, {}).setdefault(case, []).append(operation)
    entries = ({"facts": sorted(facts), "steps": by_case} for facts, by_case in steps.items())
    text = "".join(f"{json.dumps(entry)}\n" for entry in entries)
    (RECORDED / f"{release}.jsonl").write_text(text, encoding="utf-8")


def differences(recorded: Recording, replayed: Recording) -> set[tuple[str, str]]:
    """The step and the fact of each difference: `-` if only the real server shows it, `+` if only the other one does.

    If a step has no response on one side, the only difference is that.
    """
    found: set[tuple[str, str]] = set()
    for operation, case in recorded.keys() | replayed.keys():
        real, other = (side.get((operation, case)) for side in (recorded, replayed))
        if real is None or other is None:
            found.add((f"{operation}: {case}", "+ step" if real is None else "- step"))
            continue
        found |= {(f"{operation}: {case}", f"- {fact}") for fact in real - other}
        found |= {(f"{operation}: {case}", f"+ {fact}") for fact in other - real}
    return found

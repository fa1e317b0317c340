"""What a default run takes: time and memory on the built-in server, memory of the suite alone, and time on a real one.

A real server (`ASTRBOT_URL`, with its login beside) hashes the key of each request slowly. What that costs is measured
on the same server right before and after the run, with as many requests at once as the run sends: what a request with
an unknown key takes more than one without any. Exit 1 where a bound is passed. Run by `make bench`.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from astrbot_reference import Settings, running

SECONDS, MEBIBYTES, RATIO, KEYED = 20.0, 300.0, 1.25, 1_600
AT_ONCE, PROBES = 8, 160
ASKED = "/api/v1/im/bots"
LOGIN = {"ASTRBOT_USERNAME": "astrbot", "ASTRBOT_PASSWORD": "a long password"}


@dataclass(frozen=True)
class Run:
    """What a run took. `seconds` as it reports them itself."""

    seconds: float
    processor: float
    memory: float
    report: Mapping[str, Any]


def main() -> int:
    """Print what was measured; 1 where a bound is passed."""
    home = judged(None, {})
    told = [f"built-in server  {home.seconds:6.1f} s   {home.processor:5.1f} s of processor   {home.memory:4.0f} MiB"]
    passed = [home.seconds > SECONDS, home.memory > MEBIBYTES]
    with running(Settings(username=LOGIN["ASTRBOT_USERNAME"], password=LOGIN["ASTRBOT_PASSWORD"])) as url:
        alone = judged(url, LOGIN)
    told.append(
        f"suite alone      {alone.seconds:6.1f} s   {alone.processor:5.1f} s of processor   {alone.memory:4.0f} MiB"
    )
    passed.append(alone.memory > MEBIBYTES)
    if there := os.environ.get("ASTRBOT_URL"):
        before = turned_away(there)
        real = judged(there, {})
        keyed, bare = (statistics.mean(pair) for pair in zip(before, turned_away(there), strict=True))
        sent, hashing = int(real.report["run"]["keyed_requests"]), keyed - bare
        ratio = real.seconds / (hashing * sent)
        told.append(f"{there}  {real.seconds:6.1f} s for {sent} keyed requests")
        told.append(f"turning a key away takes {keyed * 1000:.1f} ms, {hashing * 1000:.1f} ms of them for its hash")
        told.append(f"the run takes {ratio:.2f} times as long as hashing as many keys; {RATIO} is allowed")
        told.append(f"and {ratio * hashing / keyed:.2f} times as long as turning away as many keys")
        passed += [ratio > RATIO, sent > KEYED]
    print("\n".join(told))
    return int(any(passed))


def judged(url: str | None, environment: Mapping[str, str]) -> Run:
    """A default run with a fixed seed, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["-m", "astrbot_generator", "conform", *([url] if url else []), "--seed", "1", "--report", folder]
        nowhere = os.open(os.devnull, os.O_WRONLY)
        actions = [(os.POSIX_SPAWN_DUP2, nowhere, 1), (os.POSIX_SPAWN_DUP2, nowhere, 2)]
        given = os.environ | dict(environment)
        process = os.posix_spawn(sys.executable, [sys.executable, *words], given, file_actions=actions)
        _, status, usage = os.wait4(process, 0)
        if os.waitstatus_to_exitcode(status) not in {0, 1}:
            raise SystemExit(f"conform {url or ''} came to no verdict")
        report = json.loads(Path(folder, "report.json").read_text())
    return Run(report["run"]["seconds"], usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, report)


def turned_away(url: str) -> tuple[float, float]:
    """Seconds of a server's time that it takes to turn away a request with an unknown key, and one without a key."""
    with httpx.Client(base_url=url, timeout=60) as client, ThreadPoolExecutor(AT_ONCE) as pool:

        def taken(headers: dict[str, str]) -> float:
            began = time.perf_counter()
            list(pool.map(lambda _: client.get(ASKED, headers=headers), range(PROBES)))
            return (time.perf_counter() - began) / PROBES

        return taken({"X-API-Key": f"abk_{'x' * 43}"}), taken({})


if __name__ == "__main__":
    raise SystemExit(main())

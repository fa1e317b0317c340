"""What a default run takes: time and memory on the built-in server, memory of the suite alone, and time on a real one.

A real server (`ASTRBOT_URL`, with its login beside) hashes the key of each request slowly. What that costs is measured
again and again while the run is held up, since a machine is now fast and now slow: what a request with an unknown key
takes more than one without any, with as many at once as the run sends. Exit 1 where a bound is passed. Run by
`make bench`.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from astrbot_reference import Settings, running

SECONDS, MEBIBYTES, RATIO, KEYED = 20.0, 300.0, 1.25, 1_600
AT_ONCE, PROBES = 8, 24
EVERY = 3.0  # seconds between two measurements of what hashing costs
QUIET = 0.012  # seconds for one request without a key, where the server has nothing else to do
ASKED, UNKNOWN = "/api/v1/im/bots", f"abk_{'x' * 43}"
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
        hashing = Hashing(there)
        real = judged(there, {}, hashing)
        sent, seconds = int(real.report["run"]["keyed_requests"]), real.seconds - hashing.held
        ratio = seconds / (hashing.costs * sent)
        told.append(f"{there}  {seconds:6.1f} s for {sent} keyed requests")
        told.append(f"hashing a key takes {hashing.costs * 1000:.1f} ms, by {len(hashing.measured)} measurements")
        told.append(f"the run takes {ratio:.2f} times as long as hashing as many keys; {RATIO} is allowed")
        passed += [ratio > RATIO, sent > KEYED]
    print("\n".join(told))
    return int(any(passed))


class Hashing:
    """What a server takes to hash a key, measured while a run is held up; `held` seconds in all."""

    def __init__(self, url: str) -> None:
        """Ask at `url`."""
        self.held = 0.0
        self.measured: list[float] = []
        self._client = httpx2.Client(base_url=url, timeout=60)
        self._pool = ThreadPoolExecutor(AT_ONCE)

    @property
    def costs(self) -> float:
        """Seconds for one key."""
        return statistics.mean(self.measured)

    def measure(self, run: int) -> None:
        """Hold up the process `run` and ask; what it had asked before is waited for, and is time of the run."""
        os.kill(run, signal.SIGSTOP)
        try:
            while self._taken({}, 1) > QUIET:
                pass
            began = time.perf_counter()
            self.measured.append((self._taken({"X-API-Key": UNKNOWN}, PROBES) - self._taken({}, PROBES)) / PROBES)
            self.held += time.perf_counter() - began
        finally:
            os.kill(run, signal.SIGCONT)

    def _taken(self, headers: dict[str, str], requests: int) -> float:
        """Seconds until so many requests are turned away."""
        began = time.perf_counter()
        list(self._pool.map(lambda _: self._client.get(ASKED, headers=headers), range(requests)))
        return time.perf_counter() - began


def judged(url: str | None, environment: Mapping[str, str], hashing: Hashing | None = None) -> Run:
    """A default run with a fixed seed, in a process of its own; held up every few seconds to measure `hashing`."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["-m", "astrbot_generator", "conform", *([url] if url else []), "--seed", "1", "--report", folder]
        nowhere = os.open(os.devnull, os.O_WRONLY)
        actions = [(os.POSIX_SPAWN_DUP2, nowhere, 1), (os.POSIX_SPAWN_DUP2, nowhere, 2)]
        given = os.environ | dict(environment)
        run = os.posix_spawn(sys.executable, [sys.executable, *words], given, file_actions=actions)
        status, usage = ended(run, hashing)
        if status not in {0, 1}:
            raise SystemExit(f"conform {url or ''} came to no verdict")
        report = json.loads(Path(folder, "report.json").read_text())
    return Run(report["run"]["seconds"], usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, report)


def ended(run: int, hashing: Hashing | None) -> tuple[int, resource.struct_rusage]:
    """The exit code of a process, and what it used."""
    due = time.monotonic() + EVERY
    while True:
        process, status, usage = os.wait4(run, os.WNOHANG if hashing else 0)
        if process:
            return os.waitstatus_to_exitcode(status), usage
        if hashing and time.monotonic() > due:
            hashing.measure(run)
            due = time.monotonic() + EVERY
        time.sleep(0.05)


if __name__ == "__main__":
    raise SystemExit(main())

"""The cost of a default run: time and memory on the built-in server, memory of the suite alone, time on a real server.

A real server (`ASTRBOT_URL`, with its login in the environment) hashes the key of each request slowly. The speed of a
machine varies, so the cost of hashing is measured again and again while the run is paused: the time of a request with
an unknown key minus the time of a request without a key, with the concurrency of the run. The exit code is 1 if a limit
is exceeded. `make bench` runs this module.
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
EVERY = 3.0  # seconds between two measurements of the cost of hashing
QUIET = 0.012  # seconds for one request without a key, if the server has no other work
ASKED, UNKNOWN = "/api/v1/im/bots", f"abk_{'x' * 43}"
LOGIN = {"ASTRBOT_USERNAME": "astrbot", "ASTRBOT_PASSWORD": "a long password"}


@dataclass(frozen=True)
class Run:
    """The cost of a run. `seconds`: the time that the run itself reports."""

    seconds: float
    processor: float
    memory: float
    report: Mapping[str, Any]


def main() -> int:
    """Print the measurements. Returns 1 if a limit is exceeded."""
    built_in = judged(None, {})
    lines = [f"built-in server  {_cost(built_in)}"]
    exceeded = [built_in.seconds > SECONDS, built_in.memory > MEBIBYTES]
    with running(Settings(username=LOGIN["ASTRBOT_USERNAME"], password=LOGIN["ASTRBOT_PASSWORD"])) as url:
        alone = judged(url, LOGIN)
    lines.append(f"suite alone      {_cost(alone)}")
    exceeded.append(alone.memory > MEBIBYTES)
    if real_url := os.environ.get("ASTRBOT_URL"):
        hashing = Hashing(real_url)
        real = judged(real_url, {}, hashing)
        sent, seconds = int(real.report["run"]["keyed_requests"]), real.seconds - hashing.held
        ratio = seconds / (hashing.costs * sent)
        lines.append(f"{real_url}  {seconds:6.1f} s for {sent} requests with a key")
        lines.append(f"hashing a key takes {hashing.costs * 1000:.1f} ms, by {len(hashing.measured)} measurements")
        lines.append(f"the run takes {ratio:.2f} times as long as hashing the same number of keys; limit: {RATIO}")
        exceeded += [ratio > RATIO, sent > KEYED]
    print("\n".join(lines))
    return int(any(exceeded))


def _cost(run: Run) -> str:
    return f"{run.seconds:6.1f} s   {run.processor:5.1f} s of processor   {run.memory:4.0f} MiB"


class Hashing:
    """The time that a server needs to hash a key, measured while a run is paused; `held`: the total pause, seconds."""

    def __init__(self, url: str) -> None:
        """Send requests to `url`."""
        self.held = 0.0
        self.measured: list[float] = []
        self._client = httpx2.Client(base_url=url, timeout=60)
        self._pool = ThreadPoolExecutor(AT_ONCE)

    @property
    def costs(self) -> float:
        """Seconds for one key."""
        return statistics.mean(self.measured)

    def measure(self, run: int) -> None:
        """Pause the process `run` and send requests. Its requests in flight end first, and count as time of the run."""
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
        """Seconds until that many requests are rejected."""
        began = time.perf_counter()
        list(self._pool.map(lambda _: self._client.get(ASKED, headers=headers), range(requests)))
        return time.perf_counter() - began


def judged(url: str | None, environment: Mapping[str, str], hashing: Hashing | None = None) -> Run:
    """A default run with a fixed seed, in a separate process; paused every few seconds to measure `hashing`."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["-m", "astrbot_generator", "conform", *([url] if url else []), "--seed", "1", "--report", folder]
        nowhere = os.open(os.devnull, os.O_WRONLY)
        actions = [(os.POSIX_SPAWN_DUP2, nowhere, 1), (os.POSIX_SPAWN_DUP2, nowhere, 2)]
        given = os.environ | dict(environment)
        run = os.posix_spawn(sys.executable, [sys.executable, *words], given, file_actions=actions)
        status, usage = ended(run, hashing)
        if status not in {0, 1}:
            raise SystemExit(f"conform {url or ''} gave no verdict")
        report = json.loads(Path(folder, "report.json").read_text())
    return Run(report["run"]["seconds"], usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, report)


def ended(run: int, hashing: Hashing | None) -> tuple[int, resource.struct_rusage]:
    """The exit code of a process, and its resource usage."""
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

"""`make hostile`: a run against each hostile target, in a separate process whose time and memory are measured.

A target is survived if the run ends within two minutes with exit code 1, 2 or 3, prints one clear line or writes a
complete report, shows no traceback, and needs less than 1 GiB. Exit code 0 is right only if the target violates no
requirement, such as a target with an unreadable release. Exit codes: 0 if all were survived, 1 otherwise.
"""

import argparse
import contextlib
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from astrbot_reference import running_apart

from tests.conformance.dashboard import SETTINGS, command
from tests.conformance.hostile import listening
from tests.conformance.hostile_servers import spoiling
from tests.conformance.hostile_table import COMMAND, FIRST_CONTACT, HARMLESS, SPOILED

LONGEST = 120.0  # seconds
LARGEST = 1024  # MiB
WHOLE = ("--timeout", "2", "--seed", "1")
REQUIREMENTS = (
    *("AUTH-REQUIRED", "CHAT-STREAM", "DOC-OPENAPI", "JOURNEY-BOT", "KEY-LISTED"),
    *("NO-SECRETS", "SESSIONS-PAGING", "SHAPE-BODY"),
)
USUAL = (*WHOLE, *(word for name in REQUIREMENTS for word in ("--requirement", name)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a run against a hostile target. peak: MiB. problem: why it was not survived; None if it was."""

    name: str
    code: int
    seconds: float
    peak: int
    text: str
    problem: str | None


def targets() -> dict[str, Callable[[], AbstractContextManager[str]]]:
    """Every hostile target by name."""
    raw = {name: partial(listening, talk) for name, talk in FIRST_CONTACT.items()}
    return {**raw, **{name: partial(_spoiled, name) for name in SPOILED}}


def outcome_of(name: str, more: tuple[str, ...] = USUAL) -> Outcome:
    """The result of a run against the target of that name, with these options."""
    words = (*more, *COMMAND.get(name, ()))
    with targets()[name]() as base, tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        run = command("conform", base, *words, "--report", "report", folder=Path(folder))
        killer = threading.Timer(LONGEST + 5, run.kill)
        killer.start()
        peaks = _Peaks(run.pid)
        with run:
            texts = _both_outputs(run.stdout, run.stderr)
            code = run.wait()
        killer.cancel()
        seconds, peak = time.monotonic() - began, peaks.stop()
        out, wrong = texts
        problem = _problem(name, code, seconds, peak, out + wrong) or _silence(
            wrong, Path(folder) / "report" / "report.json"
        )
    return Outcome(name, code, seconds, peak, wrong.strip() or " ".join(out.split())[-1500:], problem)


class _Peaks:
    """Samples the peak memory of a process. Its resource usage would include the memory of this process at the fork."""

    def __init__(self, pid: int) -> None:
        self._status = Path(f"/proc/{pid}/status")
        self._peak = 0
        self._is_over = threading.Event()
        self._sampler = threading.Thread(target=self._sample)
        self._sampler.start()

    def stop(self) -> int:
        """Stop, and return MiB; 0 on systems without /proc."""
        self._is_over.set()
        self._sampler.join()
        return self._peak

    def _sample(self) -> None:
        while not self._is_over.wait(0.05):
            with contextlib.suppress(OSError, StopIteration):
                line = next(line for line in self._status.read_text().splitlines() if line.startswith("VmHWM:"))
                self._peak = max(self._peak, int(line.split()[1]) // 1024)


def _both_outputs(*streams: object) -> list[str]:
    """The complete text of both outputs, read in parallel."""
    texts = ["" for _ in streams]

    def read(place: int, stream: object) -> None:
        texts[place] = stream.read()  # type: ignore[attr-defined]

    readers = [threading.Thread(target=read, args=pair) for pair in enumerate(streams)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return texts


@contextmanager
def _spoiled(name: str) -> Iterator[str]:
    with running_apart(SETTINGS) as upstream, spoiling(upstream, SPOILED[name]) as base:
        yield base


def _problem(name: str, code: int, seconds: float, peak: int, text: str) -> str | None:
    if seconds > LONGEST:
        return f"it took more than {LONGEST:.0f} s"
    if code not in (1, 2, 3) and not (code == 0 and name in HARMLESS):
        return f"exit code {code}"
    if peak >= LARGEST:
        return f"it needed {peak} MiB"
    return "a traceback" if "Traceback" in text else None


def _silence(wrong: str, report: Path) -> str | None:
    """The missing part of one line, or of a complete report."""
    if report.exists():
        value = json.loads(report.read_text("utf-8"))
        return None if not wrong and value["format"] == 1 else f"next to the report: {wrong}"
    return None if wrong.count("\n") == 1 else f"neither a report nor one line: {wrong}"


def main(argv: list[str]) -> int:
    """Run against the named targets, or against all."""
    parser = argparse.ArgumentParser(prog="hostile_targets", description=__doc__)
    parser.add_argument("names", metavar="NAME", nargs="*", help="the name of a target, or the beginning of names")
    parser.add_argument("--whole", action="store_true", help="run all checks, not only those of a few requirements")
    options = parser.parse_args(argv)
    named = [name for name in targets() if not options.names or name.startswith(tuple(options.names))]
    outcomes = []
    for name in named:
        outcome = outcome_of(name, WHOLE if options.whole else USUAL)
        outcomes.append(outcome)
        verdict = "survived" if outcome.problem is None else f"NOT SURVIVED: {outcome.problem}"
        print(f"{name:<50} {outcome.code} {outcome.seconds:6.1f} s {outcome.peak:4} MiB  {verdict}", flush=True)
        print(f"    {outcome.text[-300:]}", flush=True)
    survived = [outcome for outcome in outcomes if outcome.problem is None]
    print(f"{len(outcomes)} targets tried, {len(survived)} survived")
    if outcomes:
        longest, largest = max(outcomes, key=lambda one: one.seconds), max(outcomes, key=lambda one: one.peak)
        print(f"longest time {longest.seconds:.1f} s ({longest.name}), peak memory {largest.peak} MiB ({largest.name})")
    return 0 if outcomes and len(survived) == len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

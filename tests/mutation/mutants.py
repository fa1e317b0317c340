"""`make mutants`: change the code that judges in one place, and see whether a nearby test notices.

Draws mutants evenly over the packages that judge, applies each alone in a copy of the project, and runs the nearby
tests: those that execute the changed line and start no whole run, or, if the line runs at import only, those that use
anything of its file. Prints the survivors, and the share that was killed. equivalent.toml names mutants that behave
like the original, each with a reason; they do not count.
Exit codes: 0 if at least 90 % were killed, 1 otherwise, 2 on wrong usage.
"""

import argparse
import os
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from tests.mutation.drawing import Mutant, Sample
from tests.mutation.workspace import Workspace, measured

ROOT = Path(__file__).parents[2]
SUITE = "conformance/astrbot_conformance"
NEARBY = {  # the code -> its nearby tests
    f"{SUITE}/verdict": ("tests/conformance",),
    f"{SUITE}/passive": ("tests/conformance",),
    f"{SUITE}/keys": ("tests/conformance",),
    f"{SUITE}/http": ("tests/conformance",),
    f"{SUITE}/inputs": ("tests/conformance",),
    "generator/astrbot_generator/gate": ("tests/generator/gate",),
}
ENOUGH = 0.9  # the share of mutants that tests must kill
EQUIVALENT = Path(__file__).with_name("equivalent.toml")


def main(argv: list[str]) -> int:
    """Draw mutants, and run the nearby tests of each."""
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("packages", metavar="PACKAGE", nargs="*", help=f"of {', '.join(map(name_of, NEARBY))}")
    parser.add_argument("--sample", metavar="N", type=int, default=300, help="how many mutants (300)")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="seed of the sample")
    parser.add_argument("-j", dest="processes", metavar="N", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(argv)
    packages = [package for package in NEARBY if not options.packages or name_of(package) in options.packages]
    if unknown := set(options.packages) - set(map(name_of, NEARBY)):
        parser.error(f"unknown package {min(unknown)}")
    began, survivors, counts = time.monotonic(), list[Mutant](), Counter[str]()
    for number, (mutant, outcome) in enumerate(tried(packages, options), 1):
        counts[outcome] += 1
        if outcome == "survived":
            survivors.append(mutant)
        print(f"{number:3} {outcome:10} {mutant}", flush=True)
    judged = counts["killed"] + counts["survived"]
    print(f"\n{counts['killed']} of {judged} mutants killed; {counts['equivalent']} more are equivalent")
    print(f"{time.monotonic() - began:.0f} s, seed {options.seed}")
    for mutant in sorted(survivors, key=str):
        print(f"\n{mutant}\n- {mutant.before}\n+ {mutant.after}")
    return 0 if judged and counts["killed"] >= ENOUGH * judged else 1


def name_of(package: str) -> str:
    """The last part of a folder."""
    return package.rpartition("/")[2]


def tried(packages: Sequence[str], options: argparse.Namespace) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with its outcome: killed, survived or equivalent. A mutant that cannot be imported is replaced."""
    known, spaces = equivalents(), SimpleQueue[Workspace]()
    with TemporaryDirectory(prefix="mutants-") as folder, ThreadPoolExecutor(options.processes) as pool:
        for number in range(options.processes):
            spaces.put(Workspace.copied(ROOT, Path(folder) / str(number)))
        tests = sorted({path for package in packages for path in NEARBY[package]})
        nearby = measured(Workspace.copied(ROOT, Path(folder) / "measured"), packages, tests)

        def judged(sample: Iterator[Mutant]) -> tuple[Mutant, str] | None:
            space = spaces.get()
            try:
                mutant = next((one for one in sample if space.can_import(one)), None)
                if mutant is None:
                    return None
                if (mutant.file, mutant.before, mutant.after) in known:
                    return mutant, "equivalent"
                return mutant, "killed" if space.is_killed(mutant, nearby) else "survived"
            finally:
                spaces.put(space)

        samples = [Sample(ROOT, package, options.seed) for package in packages]
        rounds = range(options.sample // len(packages))
        running = [pool.submit(judged, iter(sample)) for _ in rounds for sample in samples]
        for done in as_completed(running):
            if result := done.result():
                yield result


def equivalents() -> set[tuple[str, str, str]]:
    """The mutants that behave like the original: file, line before, line after."""
    if not EQUIVALENT.exists():
        return set()
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("equivalent", [])
    return {(entry["file"], entry["before"], entry["after"]) for entry in entries if entry["reason"]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

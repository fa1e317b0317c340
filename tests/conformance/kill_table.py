"""`make kill-table`: every fault on its own against the default run of the suite.

Prints each fault, the requirement that should fail and those that did, and writes generated/docs/kill-table.md, or
that of the release that is named. Without one each fault is put into the first release that has what it breaks.
Exit codes: 0 when every fault was found and nothing beside it that does not follow, 1 otherwise, 2 on wrong usage.
"""

import argparse
import os
import random
import sys
import time
from pathlib import Path

from astrbot_api import releases
from astrbot_faults import CATALOGUE, Fault

from tests.conformance.killing import FOLLOWS, Kill, kill_all, sound_runs

DOCS = Path(__file__).parents[2] / "generated" / "docs"
HEAD = """\
# Kill table

Made by `make kill-table`; do not edit. Each fault was put alone into the reference server{place}, and the suite judged
it in a default run (seed {seed}) without knowing of it. A fault counts as found when the requirement that it breaks
failed and no other did, but for those that follow from it, and the server logged no unexpected exception.

{found} of {judged} faults found; the catalogue has {all}.
"""


def main(argv: list[str]) -> int:
    """Judge the faults that are named, or all of them."""
    parser = argparse.ArgumentParser(prog="kill_table", description=__doc__)
    parser.add_argument("faults", metavar="FAULT", nargs="*", help="name of a fault, or the beginning of names")
    parser.add_argument("--breaks", metavar="ID", action="append", default=[], help="the faults that break this only")
    parser.add_argument("--alone", action="store_true", help="judge only the requirement that a fault breaks: fast")
    parser.add_argument("--sample", metavar="N", type=int, help="only N faults, chosen by the seed")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="seed of the runs, and of the sample")
    parser.add_argument("-j", dest="processes", metavar="N", type=int, default=os.cpu_count() or 1, help="runs at once")
    parser.add_argument("--release", choices=releases.RELEASES, help="break this release, as far as faults apply to it")
    parser.add_argument("--sound", metavar="N", type=int, help="judge the sound server instead, with N seeds")
    options = parser.parse_args(argv)
    if options.sound:
        return sound(range(options.seed, options.seed + options.sound), options.processes)
    wanted = [one for one in CATALOGUE.values() if _is_wanted(one, options)]
    if not wanted:
        parser.error("no fault of that name; astrbot-contract serve --list-faults names them")
    # In any order, so that a run that is cut short says something of every kind.
    wanted = random.Random(options.seed).sample(wanted, min(options.sample or len(wanted), len(wanted)))  # noqa: S311
    began, kills = time.monotonic(), list[Kill]()
    for made in kill_all(wanted, options.processes, options.seed, alone=options.alone, release=options.release):
        kills.append(made)
        print(f"{len(kills):3}/{len(wanted)} {line(made)}", flush=True)
    found = sum(made.is_clean for made in kills)
    print(f"{found} of {len(kills)} faults found in {time.monotonic() - began:.0f} s")
    if len(wanted) == sum(_is_there(one, options) for one in CATALOGUE.values()) and not options.alone:
        path = (DOCS / "releases" / options.release if options.release else DOCS) / "kill-table.md"
        path.write_text(table(kills, options.seed, options.release))
        print(f"written: {path}")
    return 0 if found == len(kills) else 1


def sound(seeds: range, processes: int) -> int:
    """Judge the sound server once for each seed. 0 when nothing was ever found, else 1."""
    clean = 0
    for seed, wrong in sound_runs(seeds, processes):
        clean += not wrong
        print(f"seed {seed}: {'; '.join(wrong) or 'clean'}", flush=True)
    print(f"{clean} of {len(seeds)} runs of the sound server are clean")
    return 0 if clean == len(seeds) else 1


def line(made: Kill) -> str:
    """What a run said of a fault, in a line."""
    said = made.trouble or " ".join(sorted(made.failed)) or "nothing"
    said += f" (the server crashed: {made.crashes[0]})" if made.has_crashed else ""
    mark = "✓" if made.is_clean else "✗"
    return f"{mark} {made.fault.name}: {made.fault.breaks} → {said} ({made.seconds:.1f} s)"


def table(kills: list[Kill], seed: int, release: str | None = None) -> str:
    """All that runs said, as Markdown: by requirement, then in the order of the catalogue."""
    order = list(CATALOGUE)
    rows = sorted(kills, key=lambda made: (made.fault.breaks, order.index(made.fault.name)))
    found, place = sum(made.is_clean for made in kills), f" of {release}" if release else ""
    lines = [HEAD.format(seed=seed, place=place, found=found, judged=len(kills), all=len(order))]
    lines += ["| fault | what is wrong | should fail | failed |", "| --- | --- | --- | --- |"]
    for made in rows:
        failed = made.trouble or ", ".join(sorted(made.failed)) or "nothing"
        failed += ", and the server crashed" if made.has_crashed else ""
        lines.append(f"| `{made.fault.name}` | {_cell(made.fault.line)} | {made.fault.breaks} | {failed} |")
    lines += ["", "What may fail beside a requirement:", "", "| requirement | beside it |", "| --- | --- |"]
    lines += [f"| {id} | {', '.join(sorted(beside))} |" for id, beside in sorted(FOLLOWS.items())]
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _is_wanted(one: Fault, options: argparse.Namespace) -> bool:
    named = not options.faults or any(one.name.startswith(beginning) for beginning in options.faults)
    return named and (not options.breaks or one.breaks in options.breaks) and _is_there(one, options)


def _is_there(one: Fault, options: argparse.Namespace) -> bool:
    """Whether the release that is to be broken has what a fault breaks."""
    return options.release is None or one.applies(releases.contract(options.release))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

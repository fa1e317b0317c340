"""`make releases`: start every AstrBot release that has a contract, in turn and on loopback, and judge it.

Writes a page for each to generated/docs/releases/ and one table of all. Needs the package index the first time, Python
3.12 or 3.13 for the servers, and Chromium for their web UIs, which are not judged without one. Exit codes: 0 when
nothing was found but what conformance/known/ lists and all of that was found, 1 otherwise, 2 on wrong usage, 3 when a
release could not be started or judged.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from astrbot_api.releases import RELEASES
from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.outcome import CannotStart
from astrbot_conformance.report.files import files_of
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.judgement import Report

from tests.conformance.browser.chromium import CHROMIUM
from tests.live.astrbot import LiveError, running
from tests.live.world import Release, overview, page

PAGES = Path(__file__).parents[2] / "generated" / "docs" / "releases"
REPORTS = Path("conformance-report") / "releases"
RUN = "0a1b2c3d"  # the same each time, so that what is made is called the same


def main(argv: list[str]) -> int:
    """Judge the releases that are named, or all of them."""
    parser = argparse.ArgumentParser(prog="releases", description=__doc__)
    parser.add_argument("releases", metavar="RELEASE", nargs="*", help=f"of {', '.join(RELEASES)}; all if left out")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="seed of the runs")
    parser.add_argument("--report", metavar="DIR", type=Path, default=REPORTS, help=f"the reports ({REPORTS})")
    parser.add_argument("--written", action="store_true", help="judge nothing, make the pages of the reports there are")
    options = parser.parse_args(argv)
    wanted = options.releases or RELEASES
    if unknown := sorted(set(wanted) - set(RELEASES)):
        parser.error(f"{unknown[0]} has no contract of its own; known are {', '.join(RELEASES)}")
    codes = {0}
    try:
        codes |= set() if options.written else {judged(release, options.seed, options.report) for release in wanted}
    except (LiveError, CannotStart) as error:
        print(f"releases: {error}", file=sys.stderr)
        return 3
    write_pages(options.report)
    return max(codes)


def judged(release: str, seed: int, kept: Path) -> int:
    """Start a release, judge it in a default run, keep the report; its exit code. Raises LiveError or CannotStart."""
    with tempfile.TemporaryDirectory(prefix=f"astrbot-{release}-") as root, running(Path(root), release) as astrbot:
        options = RunOptions(
            target=TargetOptions(astrbot.url),
            username=astrbot.username,
            password=Secret(astrbot.password, "ASTRBOT_PASSWORD"),
            selection=Selection(seed=seed),
            browser=CHROMIUM or None,
            forgiving=True,
            run=RUN,
        )
        report, errors = judge(options, lambda *_: None)
    if errors:
        raise errors[0]
    (kept / release).mkdir(parents=True, exist_ok=True)
    for name, text in files_of(report).items():
        (kept / release / name).write_text(text, encoding="utf-8", errors="backslashreplace")
    for picture in report.pictures:
        (kept / release / picture.name).write_bytes(picture.png)
    print(f"{release}: {line(report)}", flush=True)
    return report.exit_code or int(bool(report.mended))


def write_pages(reports: Path) -> None:
    """A page for each release that there is a report of, and one table where there are all."""
    there = [release for release in RELEASES if (reports / release / "report.json").exists()]
    read = [Release(name, json.loads((reports / name / "report.json").read_text(encoding="utf-8"))) for name in there]
    PAGES.mkdir(parents=True, exist_ok=True)
    for release in read:
        (PAGES / f"{release.name}.md").write_text(page(release), encoding="utf-8")
    if len(read) == len(RELEASES):
        (PAGES / "README.md").write_text(overview(read), encoding="utf-8")
    print(f"written: {PAGES}")


def line(report: Report) -> str:
    """What a run said, in a line, and what nobody has confirmed yet or is not found any more."""
    new = [f"{one.requirement} {one.operation}" for one in report.findings if report.reason_known(one) is None]
    gone = [str(known) for known in report.mended]
    said = [f"{report.verdict}, {len(report.findings)} findings, {report.requests} requests in {report.seconds:.0f} s"]
    said += [f"not known: {', '.join(new)}"] if new else []
    said += [f"no longer: {', '.join(gone)}"] if gone else []
    said += [report.trouble] if report.trouble else []
    return "; ".join(said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

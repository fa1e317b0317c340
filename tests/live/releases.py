"""`make releases`: start every AstrBot release that has a contract, one after another on loopback, and judge it.

A release is installed as the package index offers it today, and can also be one between two that have a contract.
Writes a page for each judged release that has a contract to generated/docs/releases/, and one table of all of them.
Needs the package index the first time, Python 3.12 or 3.13 for the servers, and Chromium for their web UIs, which are
otherwise not judged. Exit codes: 0 if the findings are exactly those that conformance/known/ lists, 1 otherwise, 2 on
wrong usage, 3 if a release could not be started or judged.
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
from packaging.version import InvalidVersion, Version

from tests.conformance.browser.chromium import CHROMIUM
from tests.live.astrbot import LiveError, dependencies, running
from tests.live.world import Release, overview, page

PAGES = Path(__file__).parents[2] / "generated" / "docs" / "releases"
REPORTS = Path("conformance-report") / "releases"
INSTALLED = "dependencies.json"
RUN = "0a1b2c3d"  # a fixed seed, so that the created resources have the same names


def main(argv: list[str]) -> int:
    """Judge the named releases, or all of them."""
    parser = argparse.ArgumentParser(prog="releases", description=__doc__)
    parser.add_argument(
        "releases", metavar="RELEASE", nargs="*", help=f"of the package index (default: {', '.join(RELEASES)})"
    )
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="seed of the runs")
    parser.add_argument("--report", metavar="DIR", type=Path, default=REPORTS, help=f"the reports ({REPORTS})")
    parser.add_argument("--written", action="store_true", help="do not judge; write the pages of the existing reports")
    options = parser.parse_args(argv)
    selected = options.releases or RELEASES
    if unknown := [name for name in selected if not is_release(name)]:
        parser.error(f"{unknown[0]}: not a release; write it as the package index does, such as {RELEASES[-1]}")
    codes = {0}
    try:
        codes |= set() if options.written else {judged(release, options.seed, options.report) for release in selected}
    except (LiveError, CannotStart) as error:
        print(f"releases: {error}", file=sys.stderr)
        return 3
    write_pages(options.report)
    return max(codes)


def is_release(text: str) -> bool:
    """Whether a text is a version in its normal form: a folder and a page are named after it."""
    try:
        return str(Version(text)) == text
    except InvalidVersion:
        return False


def judged(release: str, seed: int, folder: Path) -> int:
    """The exit code of a default run on a release; its report is stored. Raises LiveError or CannotStart."""
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
    (folder / release).mkdir(parents=True, exist_ok=True)
    for name, text in files_of(report).items():
        (folder / release / name).write_text(text, encoding="utf-8", errors="backslashreplace")
    (folder / release / INSTALLED).write_text(json.dumps(dependencies(release)), encoding="utf-8")
    for picture in report.pictures:
        (folder / release / picture.name).write_bytes(picture.png)
    print(f"{release}: {line(report)}", flush=True)
    return report.exit_code or int(bool(report.fixed_deviations))


def write_pages(reports: Path) -> None:
    """Write a page for each release with a report, and one table if all have one."""
    judged_releases = [name for name in RELEASES if (reports / name / INSTALLED).exists()]
    read = [
        Release(name, *(json.loads((reports / name / file).read_text("utf-8")) for file in ("report.json", INSTALLED)))
        for name in judged_releases
    ]
    PAGES.mkdir(parents=True, exist_ok=True)
    for release in read:
        (PAGES / f"{release.name}.md").write_text(page(release), encoding="utf-8")
    if len(read) == len(RELEASES):
        (PAGES / "README.md").write_text(overview(read), encoding="utf-8")
    print(f"written: {PAGES}")


def line(report: Report) -> str:
    """The result of a run in one line, with unconfirmed findings and fixed deviations."""
    new = [f"{one.requirement} {one.operation}" for one in report.findings if report.reason_known(one) is None]
    gone = [str(known) for known in report.fixed_deviations]
    parts = [f"{report.verdict}, {len(report.findings)} findings, {report.requests} requests in {report.seconds:.0f} s"]
    parts += [f"not known: {', '.join(new)}"] if new else []
    parts += [f"no longer: {', '.join(gone)}"] if gone else []
    parts += [report.trouble] if report.trouble else []
    return "; ".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What holds in each AstrBot release, as Markdown: a page for each, and one table of all.

No exploit is published. Of a finding that lets something be seen or destroyed that should not be, the pages name the
requirement and the operation, not what was sent; likewise of whatever else is found on that operation.
"""

import re
from collections.abc import Iterator, Mapping

from astrbot_conformance.finding import Finding
from astrbot_conformance.judgement import Report, RequirementStatus

DISCLOSING = frozenset(
    {"NO-SECRETS", "SESSIONS-OWNER", "SCOPE-REQUIRED", "SCOPE-NOT-IMPLIED", "SCOPE-CLOSED", "SCOPE-EVASION"}
    | {"AUTH-REQUIRED", "BEYOND-AUTH", "BEYOND-SCOPE", "BEYOND-FORMS", "CHAT-ADMIN", "CONFIG-ADMIN"}
)
MARKS = {"passed": "✓", "failed": "✗", "known": "✗", "not-judged": "·"}
WITHHELD = "what was sent is not published"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONGEST = 160  # characters of what came that a page quotes
Place = tuple[str, str, str]  # requirement, operation, check


PAGE = """\
# AstrBot {release}

Made by `make releases`; do not edit. The default run of the suite on a fresh installation on loopback, held to the
contract of {release}.

| checks | requests | findings | known | seed | effects |
| --- | --- | --- | --- | --- | --- |
| {checks} | {requests} | {findings} | {known} | {seed} | {effects} |

Known is what stands in `conformance/known/{release}.toml`, where every line was confirmed by hand.

| | requirement | level | checked | findings | not judged |
| --- | --- | --- | --- | --- | --- |
"""
TABLE = """\
# What holds in each AstrBot release

Made by `make releases`; do not edit. Each release was judged on a fresh installation on loopback and held to its own
contract: ✓ holds, ✗ with the number of findings (* where all of them are SHOULD), · not judged, empty where the
contract of that release has no such requirement.

"""


def page(report: Report) -> str:
    """The page of the release that a report is about."""
    head = PAGE.format(
        release=report.contract.release,
        checks=len(report.judgements),
        requests=report.requests,
        findings=len(report.findings),
        known=sum(report.reason_known(finding) is not None for finding in report.findings),
        seed=report.seed,
        effects=report.effects,
    )
    lines = [_row(report, requirement) for requirement in report.requirements]
    lines += ["", "## Findings"]
    for number, finding in enumerate(report.findings, 1):
        lines += _finding(report, number, finding)
    if report.beyond:
        lines += ["", "## Published beyond the contract, not judged", "", *(f"- `{name}`" for name in report.beyond)]
    return head + "\n".join(lines) + "\n"


def overview(reports: Mapping[str, Report]) -> str:
    """One table of all releases: requirement by release, and each finding with the releases that have it."""
    names = list(dict.fromkeys(requirement.id for report in reports.values() for requirement in report.requirements))
    rows = [
        ("requirement", *(f"[{release}]({release}.md)" for release in reports)),
        ("---", *("---" for _ in reports)),
        *((name, *(_cell(report, name) for report in reports.values())) for name in names),
        ("requests", *(str(report.requests) for report in reports.values())),
        ("findings", *(str(len(report.findings)) for report in reports.values())),
    ]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines += ["", "## Findings"]
    places: dict[Place, dict[str, tuple[Report, Finding]]] = {}
    for release, report in reports.items():
        for finding in report.findings:
            place = (finding.requirement, _operation(finding), finding.check)
            places.setdefault(place, {})[release] = (report, finding)
    for place in sorted(places, key=lambda place: (names.index(place[0]), place[1:])):
        lines += _together(place, places[place])
    return TABLE + "\n".join(lines) + "\n"


def is_withheld(report: Report, finding: Finding) -> bool:
    """Whether what was sent stays unpublished: it shows or destroys what it should not, or is about such a place."""
    effects = {str(operation): operation.side_effect for operation in report.contract.operations}
    places = {other.operation for other in report.findings if other.requirement in DISCLOSING}
    return finding.operation in places or effects.get(finding.operation) == "destructive"


def _together(place: Place, found: Mapping[str, tuple[Report, Finding]]) -> Iterator[str]:
    name, operation, _ = place
    report, finding = list(found.values())[-1]
    told = any(is_withheld(report, finding) for report, finding in found.values())
    yield ""
    yield f"### {name} `{operation}`" if operation else f"### {name}"
    yield ""
    yield f"{report.contract.requirements[name].sentence} ({finding.level}; {', '.join(found)})"
    yield from _seen(finding, withheld=told)


def _finding(report: Report, number: int, finding: Finding) -> Iterator[str]:
    reason = report.reason_known(finding)
    yield ""
    yield f"### {number}. {finding.requirement} `{finding.operation}`"
    yield ""
    sentence = report.contract.requirements[finding.requirement].sentence
    yield f"{sentence} ({finding.level}{f'; {reason}' if reason else ''})"
    yield from _seen(finding, withheld=is_withheld(report, finding))


def _seen(finding: Finding, *, withheld: bool) -> Iterator[str]:
    if withheld:
        yield f"\nFound on this operation; {WITHHELD}."
        return
    yield ""
    yield f"- expected: {_plain(finding.expected)}"
    yield f"- got: {_plain(finding.actual)}"
    yield ""
    yield "```sh"
    yield _anonymous(finding.curl)
    yield "```"


def _row(report: Report, requirement: RequirementStatus) -> str:
    mine = [judgement for judgement in report.judgements if judgement.requirement == requirement.id]
    findings = sum(judgement.finding is not None for judgement in mine)
    missed = sum(judgement.status == "not-judged" for judgement in mine)
    cells = (MARKS[requirement.status], requirement.id, requirement.level, requirement.checks, findings, missed)
    return f"| {' | '.join(map(str, cells))} |"


def _cell(report: Report, name: str) -> str:
    status = next((requirement.status for requirement in report.requirements if requirement.id == name), None)
    if status is None:
        return ""
    mine = [finding for finding in report.findings if finding.requirement == name]
    return (
        f"{MARKS[status]} {len(mine)}{'' if any(f.level == 'MUST' for f in mine) else '*'}" if mine else MARKS[status]
    )


def _operation(finding: Finding) -> str:
    """The operation, unless the seed chose it: a place where a key does not belong is one on all operations."""
    return "" if finding.requirement == "AUTH-CARRIERS" else finding.operation


def _anonymous(curl: str) -> str:
    """The line for anybody's server: its address in a variable, ids that a server chose left out."""
    url = re.search(r"http://127\.0\.0\.1:\d+", curl)
    return UUID.sub("ID", curl.replace(url[0], "$ASTRBOT_URL") if url else curl)


def _plain(text: str) -> str:
    shown = UUID.sub("ID", " ".join(text.split()))
    return re.sub(r"([|<>])", r"\\\1", shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…")

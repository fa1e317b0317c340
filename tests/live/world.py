"""What holds in each AstrBot release, as Markdown made of the `report.json` of each: a page for each, a table of all.

No exploit is published. Of a finding that lets something be seen or destroyed that should not be, the pages name the
requirement and the operation, not what was sent; likewise of whatever else is found on that operation.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from astrbot_api import releases
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.known import known_of, reason_known

Raw = Mapping[str, Any]  # a report as its `report.json` has it
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

| checks | requests | findings | of them known | seed | effects |
| --- | --- | --- | --- | --- | --- |
| {checks} | {requests} | {findings} | {known} | {seed} | {effects} |

Known is what stands in `conformance/known/{release}.toml`, where every line was confirmed by hand.

| | requirement | level | checked | findings |
| --- | --- | --- | --- | --- |
"""
TABLE = """\
# What holds in each AstrBot release

Made by `make releases`; do not edit. Each release was judged on a fresh installation on loopback and held to its own
contract: ✓ holds, ✗ with the number of findings (* where all of them are SHOULD), · not judged, empty where the
contract of that release has no such requirement.

"""


@dataclass(frozen=True)
class Release:
    """A release and what a run said of it."""

    name: str
    raw: Raw

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found, in the order of the report."""
        names = ("operation", "expected", "actual", "curl", "response", "requirement", "level", "check", "request")
        return [Finding(**{name: finding[name] for name in names}) for finding in self.raw["findings"]]

    @property
    def requirements(self) -> Mapping[str, Raw]:
        """What was judged, by id."""
        return {requirement["id"]: requirement for requirement in self.raw["requirements"]}

    def sentence(self, name: str) -> str:
        """The words of a requirement in this release."""
        return releases.contract(self.name).requirements[name].sentence

    def of(self, name: str) -> Sequence[Finding]:
        """What was found against a requirement."""
        return [finding for finding in self.findings if finding.requirement == name]

    def is_withheld(self, finding: Finding) -> bool:
        """Whether what was sent stays unpublished: it shows or destroys what it should not, or is about that place."""
        effects = {str(operation): operation.side_effect for operation in releases.contract(self.name).operations}
        places = {other.operation for other in self.findings if other.requirement in DISCLOSING}
        return finding.operation in places or effects.get(finding.operation) == "destructive"


def page(release: Release) -> str:
    """The page of a release."""
    known = known_of(release.name)
    head = PAGE.format(
        release=release.name,
        checks=sum(requirement["checks"] for requirement in release.requirements.values()),
        requests=release.raw["run"]["requests"],
        findings=len(release.findings),
        known=sum(reason_known(finding, known) is not None for finding in release.findings),
        seed=release.raw["run"]["seed"],
        effects=release.raw["run"]["effects"],
    )
    lines = [
        f"| {MARKS[requirement['status']]} | {name} | {requirement['level']} | {requirement['checks']} | "
        f"{len(release.of(name))} |"
        for name, requirement in release.requirements.items()
    ]
    lines += ["", "## Findings"]
    for number, finding in enumerate(release.findings, 1):
        lines += _finding(release, number, finding, reason_known(finding, known))
    if release.raw["beyond"]:
        lines += ["", "## Published beyond the contract, not judged", "", *(f"- `{n}`" for n in release.raw["beyond"])]
    return head + "\n".join(lines) + "\n"


def overview(judged: Sequence[Release]) -> str:
    """One table of all releases: requirement by release, and each finding with the releases that have it."""
    names = list(dict.fromkeys(name for release in judged for name in release.requirements))
    rows = [
        ("requirement", *(f"[{release.name}]({release.name}.md)" for release in judged)),
        ("---", *("---" for _ in judged)),
        *((name, *(_cell(release, name) for release in judged)) for name in names),
        ("requests", *(str(release.raw["run"]["requests"]) for release in judged)),
        ("findings", *(str(len(release.findings)) for release in judged)),
    ]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines += ["", "## Findings"]
    places: dict[Place, list[tuple[Release, Finding]]] = {}
    for release in judged:
        for finding in release.findings:
            place = (finding.requirement, _operation(finding), finding.check)
            places.setdefault(place, []).append((release, finding))
    for place in sorted(places, key=lambda place: (names.index(place[0]), place[1:])):
        lines += _together(place, places[place])
    return TABLE + "\n".join(lines) + "\n"


def _together(place: Place, found: Sequence[tuple[Release, Finding]]) -> Iterator[str]:
    name, operation, _ = place
    newest, finding = found[-1]
    yield ""
    yield f"### {name} `{operation}`" if operation else f"### {name}"
    yield ""
    yield f"{newest.sentence(name)} ({finding.level}; {', '.join(release.name for release, _ in found)})"
    yield from _seen(finding, withheld=any(release.is_withheld(one) for release, one in found))


def _finding(release: Release, number: int, finding: Finding, reason: str | None) -> Iterator[str]:
    yield ""
    yield f"### {number}. {finding.requirement} `{finding.operation}`"
    yield ""
    yield f"{release.sentence(finding.requirement)} ({finding.level}{f'; {reason}' if reason else ''})"
    yield from _seen(finding, withheld=release.is_withheld(finding))


def _seen(finding: Finding, *, withheld: bool) -> Iterator[str]:
    yield ""
    if withheld:
        yield f"Found on this operation; {WITHHELD}."
        return
    yield f"- expected: {_plain(finding.expected)}"
    yield f"- got: {_plain(finding.actual)}"
    if finding.curl:
        yield ""
        yield "```sh"
        yield _anonymous(finding.curl)
        yield "```"


def _cell(release: Release, name: str) -> str:
    if name not in release.requirements:
        return ""
    mark, mine = MARKS[release.requirements[name]["status"]], release.of(name)
    if not mine:
        return mark
    return f"{mark} {len(mine)}{'' if any(finding.level == 'MUST' for finding in mine) else '*'}"


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

"""A report of an earlier run, read from its `report.json`.

A report may come from any source: every member is checked for the right type and a plausible length.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from astrbot_api.releases import RELEASES
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from astrbot_conformance.given_file import LARGEST, UnreadableFileError, read_text
from astrbot_conformance.http import Effects
from astrbot_conformance.json_text import parsed
from astrbot_conformance.report.json import FORMAT
from astrbot_conformance.verdict.finding import Level
from astrbot_conformance.verdict.judgement import Status, Verdict
from astrbot_conformance.verdict.selection import in_short


class UnreadableReportError(Exception):
    """The file is not a report of this format; the text is one line that states the problem."""


class _Member(BaseModel):
    """A part of a report as it is read: types are not converted, unknown members are ignored."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


Name = Annotated[str, Field(max_length=1000)]
Text = Annotated[str, Field(max_length=1_000_000)]


class PastFinding(_Member):
    """A finding of an earlier run. `number` counts from 1, as in every format of the report."""

    number: int = 0
    requirement: Name
    level: Level
    operation: Name
    check: Name = ""  # missing in reports of the first versions
    expected: Text
    actual: Text
    sent_by: Name = ""  # the check that sent the request, if a passive check found it

    @property
    def place(self) -> tuple[str, str, str, str]:
        """The identity of a finding's place, equal in two runs; one place may have a MUST and a SHOULD finding."""
        return (self.requirement, self.level, self.operation, self.check or self.expected)


@dataclass(frozen=True, slots=True)
class PastReport:
    """An earlier run: `statuses` by requirement, in the order of the report; `judged` names the operations of each."""

    verdict: str
    url: str
    release: str | None
    contract: str
    seed: int
    effects: Effects
    selection: str  # how much a narrowed run judged, and by which options; empty for a full run
    statuses: Mapping[str, str]
    judged: Mapping[str, frozenset[str]]
    findings: tuple[PastFinding, ...]

    @property
    def release_held_to(self) -> str | None:
        """The release whose contract applied; None if that release is not known here."""
        return self.contract if self.contract in RELEASES else None

    def covers(self, finding: PastFinding) -> bool:
        """Whether this run judged the requirement and operation of `finding`."""
        if self.statuses.get(finding.requirement, "not-judged") == "not-judged":
            return False
        operations = self.judged.get(finding.requirement)
        return not operations or finding.operation in operations


def read_report(path: Path) -> PastReport:
    """Read the report in `path`, or in the folder of that name. Raises UnreadableReportError."""
    file = path / "report.json" if os.path.isdir(path) else path  # noqa: PTH112  no error for a name that is too long
    try:
        raw = parsed(read_text(file, LARGEST))
    except UnreadableFileError as error:
        raise UnreadableReportError(f"{file}: {error}; name the report.json of a run") from None
    except ValueError:
        raise UnreadableReportError(f"{file}: is not valid JSON; name the report.json of a run") from None
    if not isinstance(raw, dict) or "format" not in raw or "findings" not in raw:
        raise UnreadableReportError(f"{file}: is not a report of a run; name the report.json of a run")
    if raw["format"] != FORMAT or isinstance(raw["format"], bool):
        raise UnreadableReportError(f"{file}: has format {str(raw['format'])[:20]}; this version reads format {FORMAT}")
    try:
        return _report(_Report.model_validate(raw))
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, wrong["loc"]))[:100]
        raise UnreadableReportError(f"{file}: is damaged ({place}: {wrong['msg']})") from None


class _Target(_Member):
    url: Name
    release: Name | None
    contract: Name


class _Selection(_Member):
    options: list[Name] = []
    requirements: Annotated[int, Field(ge=0, le=10_000)] = 0
    of: Annotated[int, Field(ge=0, le=10_000)] = 0

    def __str__(self) -> str:
        part = f"{self.requirements} of {self.of} requirements ({in_short(self.options)})"
        return part if self.options else ""


class _Run(_Member):
    seed: Annotated[int, Field(ge=-(2**64), le=2**64)]
    effects: Effects
    selection: _Selection = _Selection()  # missing in reports of the first versions


class _Requirement(_Member):
    id: Name
    status: Status
    operations: list[Name]


class _Report(_Member):
    verdict: Verdict
    target: _Target
    run: _Run
    requirements: Annotated[list[_Requirement], Field(max_length=10_000)]
    findings: Annotated[list[PastFinding], Field(max_length=100_000)]


def _report(raw: _Report) -> PastReport:
    return PastReport(
        verdict=raw.verdict,
        url=raw.target.url,
        release=raw.target.release,
        contract=raw.target.contract,
        seed=raw.run.seed,
        effects=raw.run.effects,
        selection=str(raw.run.selection),
        statuses={requirement.id: requirement.status for requirement in raw.requirements},
        judged={requirement.id: frozenset(requirement.operations) for requirement in raw.requirements},
        findings=tuple(one.model_copy(update={"number": number}) for number, one in enumerate(raw.findings, 1)),
    )

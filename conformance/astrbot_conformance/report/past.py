"""A report that was written earlier, read back from its `report.json`."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from astrbot_api.releases import RELEASES

from astrbot_conformance.given_file import LARGEST, UnreadableFileError, read_text
from astrbot_conformance.json_text import parsed
from astrbot_conformance.report.json import FORMAT
from astrbot_conformance.verdict.judgement import Verdict


class UnreadableReportError(Exception):
    """The file is no report of this format; the text is one line that says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class PastFinding:
    """A finding of an earlier run. `number` counts from 1, as every form of the report shows it."""

    number: int
    requirement: str
    level: str
    operation: str
    check: str
    expected: str
    actual: str
    sent_by: str = ""  # the check that sent the request, if a passive check found it

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Equal for what two runs find at the same place; one place may hold a MUST and a SHOULD."""
        return (self.requirement, self.level, self.operation, self.check or self.expected)


@dataclass(frozen=True, slots=True)
class PastReport:
    """An earlier run: `statuses` by requirement, in the order of the report; `judged` names the operations of each."""

    verdict: str
    url: str
    release: str | None
    contract: str
    seed: int
    effects: str
    statuses: Mapping[str, str]
    judged: Mapping[str, frozenset[str]]
    findings: tuple[PastFinding, ...]

    @property
    def release_held_to(self) -> str | None:
        """Whose promises its target was held to; None where that release is not known here."""
        return self.contract if self.contract in RELEASES else None

    def covers(self, finding: PastFinding) -> bool:
        """Whether this run judged what `finding` is about."""
        if self.statuses.get(finding.requirement, "not-judged") == "not-judged":
            return False
        operations = self.judged.get(finding.requirement)
        return not operations or finding.operation in operations


def read_report(path: Path) -> PastReport:
    """The report in `path`, or in the folder of that name. Raises UnreadableReportError."""
    file = path / "report.json" if os.path.isdir(path) else path  # noqa: PTH112  no error for a name that is too long
    try:
        raw = parsed(read_text(file, LARGEST))
    except UnreadableFileError as error:
        raise UnreadableReportError(f"{file}: {error}; name the report.json of a run") from None
    except ValueError:
        raise UnreadableReportError(f"{file}: is not valid JSON; name the report.json of a run") from None
    if not isinstance(raw, dict) or "format" not in raw or "findings" not in raw:
        raise UnreadableReportError(f"{file}: is no report; name the report.json of a run")
    if raw["format"] != FORMAT:
        raise UnreadableReportError(f"{file}: is of format {raw['format']!r}, this reads format {FORMAT}")
    try:
        return _report(raw)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise UnreadableReportError(f"{file}: is damaged ({type(error).__name__}: {error})") from None


def _report(raw: dict[str, Any]) -> PastReport:
    if raw["verdict"] not in get_args(Verdict):
        raise ValueError(f"verdict {raw['verdict']!r}")
    return PastReport(
        verdict=raw["verdict"],
        url=str(raw["target"]["url"]),
        release=raw["target"]["release"],
        contract=str(raw["target"]["contract"]),
        seed=int(raw["run"]["seed"]),
        effects=str(raw["run"]["effects"]),
        statuses={str(requirement["id"]): str(requirement["status"]) for requirement in raw["requirements"]},
        judged={str(requirement["id"]): frozenset(requirement["operations"]) for requirement in raw["requirements"]},
        findings=tuple(_findings(raw["findings"])),
    )


def _findings(raw: list[dict[str, Any]]) -> Iterator[PastFinding]:
    for number, finding in enumerate(raw, 1):
        yield PastFinding(
            number=number,
            requirement=str(finding["requirement"]),
            level=str(finding["level"]),
            operation=str(finding["operation"]),
            check=str(finding.get("check", "")),  # reports of the first days have none
            expected=str(finding["expected"]),
            actual=str(finding["actual"]),
            sent_by=str(finding.get("sent_by", "")),
        )

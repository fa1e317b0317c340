"""`junit.xml`: one case for each requirement and operation, for tools that show test results."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from astrbot_reference.safe_text import inert

from astrbot_conformance.verdict.judgement import Judgement, Report
from astrbot_conformance.verdict.selection import judged_part


def render(report: Report) -> str:
    """The report as JUnit XML. A finding that does not affect the verdict is in the output of its case."""
    cases = _cases(report)
    failures = sum(any(_fails(report, judgement) for judgement in case) for case in cases)
    skipped = sum(_is_missed(case) for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "skipped": str(skipped)}
    part = f": {judged_part(report)}" if report.selection else ""
    suites = ET.Element("testsuites", counts | {"name": f"astrbot-contract conform{part}"})
    suite = ET.SubElement(suites, "testsuite", counts | {"name": report.url, "time": f"{report.seconds:.3f}"})
    if report.selection:
        properties = ET.SubElement(suite, "properties")
        for name, value in (("selection", " ".join(report.selection)), ("judged", judged_part(report))):
            ET.SubElement(properties, "property", name=name, value=value)
    for case in cases:
        suite.append(_case(report, case))
    ET.indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + inert(ET.tostring(suites, encoding="unicode")) + "\n"


def _cases(report: Report) -> list[list[Judgement]]:
    """The judgements of each requirement on each operation, in the order of the checks."""
    cases: dict[tuple[str, str | None], list[Judgement]] = {}
    for judgement in report.judgements:
        cases.setdefault((judgement.requirement, judgement.operation), []).append(judgement)
    return list(cases.values())


def _case(report: Report, judgements: Sequence[Judgement]) -> ET.Element:
    first = judgements[0]
    seconds = sum(judgement.seconds for judgement in judgements)
    name = first.operation or first.requirement
    case = ET.Element("testcase", classname=first.requirement, name=name, time=f"{seconds:.3f}")
    failing = [judgement for judgement in judgements if _fails(report, judgement)]
    others = [judgement for judgement in judgements if judgement.finding and judgement not in failing]
    if _is_missed(judgements):
        ET.SubElement(case, "skipped", message=first.reason or "")
    if failing:
        failure = ET.SubElement(case, "failure", message=failing[0].reason or "")
        failure.text = "\n".join(map(_text, failing))
    if others:
        ET.SubElement(case, "system-out").text = "does not affect the verdict:\n" + "\n".join(map(_text, others))
    return case


def _text(judgement: Judgement) -> str:
    finding = judgement.finding
    if finding is None:
        return ""
    return f"{finding.operation}\nexpected: {finding.expected}\nactual: {finding.actual}\n{finding.curl}\n"


def _fails(report: Report, judgement: Judgement) -> bool:
    return judgement.finding is not None and report.counts(judgement.finding)


def _is_missed(judgements: Sequence[Judgement]) -> bool:
    return all(judgement.status == "not-judged" for judgement in judgements)

"""`junit.xml`: one case for each check and operation, for whatever shows tests."""

from xml.etree import ElementTree as ET

from astrbot_conformance.judgement import Judgement, Report


def render(report: Report) -> str:
    """The report as JUnit XML. A SHOULD finding is told in the output of its case unless the run is strict."""
    judged = report.judgements
    failures = sum(_fails(report, judgement) for judgement in judged)
    skipped = sum(judgement.status == "not-judged" for judgement in judged)
    counts = {"tests": str(len(judged)), "failures": str(failures), "errors": "0", "skipped": str(skipped)}
    suites = ET.Element("testsuites", counts | {"name": "astrbot-contract conform"})
    suite = ET.SubElement(suites, "testsuite", counts | {"name": report.url, "time": f"{report.seconds:.3f}"})
    for judgement in judged:
        suite.append(_case(report, judgement))
    ET.indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + _printable(ET.tostring(suites, encoding="unicode")) + "\n"


def _case(report: Report, judgement: Judgement) -> ET.Element:
    name = judgement.check
    case = ET.Element("testcase", classname=judgement.requirement, name=name, time=f"{judgement.seconds:.3f}")
    finding = judgement.finding
    if judgement.status == "not-judged":
        ET.SubElement(case, "skipped", message=judgement.reason or "")
    elif finding:
        text = f"{finding.operation}\nexpected: {finding.expected}\nactual: {finding.actual}\n{finding.curl}\n"
        if _fails(report, judgement):
            ET.SubElement(case, "failure", message=judgement.reason or "").text = text
        else:
            ET.SubElement(case, "system-out").text = f"SHOULD: {text}"
    return case


def _fails(report: Report, judgement: Judgement) -> bool:
    return judgement.finding is not None and report.counts(judgement.finding)


def _printable(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold."""
    return "".join(
        c if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff" else "\ufffd"
        for c in text
    )

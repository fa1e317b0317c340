"""How a judgement appears in pytest: a finding is a failure, a deviation that does not count xfails, the rest skips."""

from typing import NoReturn

import pytest
from astrbot_api.contract import Contract
from astrbot_reference.safe_text import inert

from astrbot_conformance.secret import mask
from astrbot_conformance.verdict.judgement import Judgement

PASSIVE = "astrbot_conformance/passive"  # in place of the file of a test
PROPERTY = "requirement"


def text_of(judgement: Judgement, contract: Contract) -> str:
    """What a failed or skipped test shows: the requirement, and the finding or the reason. Safe to print."""
    finding, requirement = judgement.finding, contract.requirements[judgement.requirement]
    if finding is None:
        return inert(mask(f"{requirement.id}: {judgement.reason}"))
    lines = [
        f"{requirement.id} ({finding.level}): {requirement.sentence}",
        f"operation: {finding.operation}",
        f"expected:  {finding.expected}",
        f"got:       {finding.actual}",
        f"repeat:    {finding.curl}",
        f"response:  {finding.response}",
    ]
    return inert(mask("\n".join(lines)))


def raise_outcome(judgement: Judgement, contract: Contract, *, counts: bool) -> None:
    """End the current test as its judgement says. counts: whether its finding affects the verdict."""
    if judgement.status == "passed":
        return
    text = text_of(judgement, contract)
    if judgement.status == "not-judged":
        _skip(text)
    if not counts:
        pytest.xfail(text)
    pytest.fail(text, pytrace=False)


def report_of(judgement: Judgement, contract: Contract, *, counts: bool) -> pytest.TestReport:
    """A test report for a judgement that comes from no test."""
    report = _report(judgement.check, judgement.requirement)
    if judgement.status == "passed":
        return report
    text = text_of(judgement, contract)
    report.outcome, report.longrepr = "failed", text
    if judgement.status == "not-judged":
        report.outcome, report.longrepr = "skipped", (PASSIVE, 0, f"Skipped: {text}")
    elif not counts:
        report.outcome, report.wasxfail = "skipped", text
    return report


def report_of_nothing_judged(trouble: str) -> pytest.TestReport:
    """A failed test report: the skipped tests do not add up to a verdict."""
    report = _report("verdict", "")
    report.outcome, report.longrepr = "failed", inert(mask(f"not judged: {trouble}"))
    return report


def _report(name: str, requirement: str) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid=f"{PASSIVE}::{name}",
        location=(PASSIVE, None, name),
        keywords={},
        outcome="passed",
        longrepr=None,
        when="call",
        user_properties=[(PROPERTY, requirement)],
    )


def _skip(text: str) -> NoReturn:
    raise pytest.skip.Exception(text, _use_item_location=True)

"""How a judgement appears in pytest: a finding is a failure, a deviation that does not count xfails, the rest skips."""

from typing import Literal

import pytest
from astrbot_api.contract import Contract
from astrbot_reference.safe_text import inert

from astrbot_conformance.secret import mask
from astrbot_conformance.verdict.judgement import Judgement

PASSIVE = "astrbot_conformance/passive"  # in place of the file of a test
PROPERTY = "requirement"
Outcome = Literal["passed", "skipped", "xfailed", "failed"]


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


def outcome_of(judgement: Judgement, *, counts: bool) -> Outcome:
    """How pytest shows a judgement. counts: whether its finding affects the verdict."""
    if judgement.status != "failed":
        return "skipped" if judgement.status == "not-judged" else "passed"
    return "failed" if counts else "xfailed"


def raise_outcome(judgement: Judgement, contract: Contract, *, counts: bool) -> None:
    """End the current test as its judgement says. counts: whether its finding affects the verdict."""
    outcome, text = outcome_of(judgement, counts=counts), text_of(judgement, contract)
    if outcome == "skipped":
        raise pytest.skip.Exception(text, _use_item_location=True)
    if outcome == "xfailed":
        pytest.xfail(text)
    if outcome == "failed":
        pytest.fail(text, pytrace=False)


def report_of(judgement: Judgement, contract: Contract, *, counts: bool) -> pytest.TestReport:
    """A test report for a judgement that comes from no test."""
    report = _report(judgement.check, judgement.requirement)
    outcome, text = outcome_of(judgement, counts=counts), text_of(judgement, contract)
    report.outcome = "skipped" if outcome == "xfailed" else outcome
    if outcome == "skipped":
        report.longrepr = (PASSIVE, 0, f"Skipped: {text}")
    elif outcome != "passed":
        report.longrepr = text
    if outcome == "xfailed":
        report.wasxfail = text
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

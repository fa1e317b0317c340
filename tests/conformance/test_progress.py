"""The progress of a run, as it is printed."""

import sys

import pytest
from astrbot_conformance.cli.progress import Progress
from astrbot_conformance.report.transcript import Transcript
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Judgement

FINDING = Finding("GET /api/v1/bots", "403 for a revoked key", "200 `application/json`", "curl", "", "AUTH-REQUIRED")
PASSED = Judgement("AUTH-REQUIRED", "test_auth_required", "GET /api/v1/skills", "passed")
FAILED = Judgement("AUTH-REQUIRED", "test_auth_required", FINDING.operation, "failed", finding=FINDING)


def test_a_finding_is_shown_when_it_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    """Its line comes before the line that counts its section, which is printed when the section ends."""
    with Progress(Transcript(sys.stdout)) as progress:
        progress(FAILED, 2)
        shown = capsys.readouterr().out
        progress(PASSED, 2)
    rest = capsys.readouterr().out

    line = "AUTH-REQUIRED GET /api/v1/bots: expected 403 for a revoked key, got 200 `application/json`"
    assert shown.split() == ["finding", *line.split()]
    assert rest.split() == ["AUTH", "2", "checks,", "1", "finding"]

"""The pages of the releases list the findings and publish no exploit."""

import json

from astrbot_conformance.report import json as report_json
from astrbot_conformance.verdict.judgement import Report

from tests.conformance.report.samples import BOTS, CHAT, LEAK, SHOULD, failed, finding, passed, report
from tests.live.world import Release, overview, page

SECRET = failed(finding("NO-SECRETS", BOTS, level="SHOULD"))


def judged(report: Report, release: str = "4.26.0b8") -> Release:
    """A release with its report."""
    return Release(release, json.loads(report_json.render(report)), {"sqlmodel": "0.0.50", "mcp": "1.30.0"})


REPORT = judged(report(LEAK, SHOULD, SECRET, passed("MSG-EMPTY", CHAT)))


def test_a_dangerous_finding_has_no_curl_line() -> None:
    """The requirement and the operation are listed without `curl` lines, as are other findings on that operation."""
    for text in (page(REPORT), overview([REPORT])):
        assert f"SCOPE-REQUIRED `{BOTS}`" in text
        assert f"NO-SECRETS `{BOTS}`" in text
        assert "the request is not published" in text
        assert "ASTRBOT_KEY_PERSONA" not in text.partition(f"MSG-TYPES `{CHAT}`")[0]


def test_the_page_names_the_dependencies() -> None:
    """Their versions decide what works."""
    assert "Installed from the package index, with sqlmodel 0.0.50 and mcp 1.30.0." in page(REPORT)


def test_a_harmless_finding_has_its_curl_line() -> None:
    """The address is a variable, so it works for any server."""
    shown = page(judged(report(SHOULD)))

    assert "curl -sS -i $ASTRBOT_URL/api/v1/bots" in shown
    assert "127.0.0.1" not in shown


def test_the_table_has_a_cell_for_each_release() -> None:
    """A release without a requirement has an empty cell; SHOULD findings are marked."""
    table = overview([REPORT, judged(report(passed("MSG-EMPTY", CHAT)), "4.26.8")])

    assert "| MSG-EMPTY | ✓ | ✓ |" in table
    assert "| SCOPE-REQUIRED | ✗ 1 |  |" in table
    assert "| NO-SECRETS | ✗ 1* |  |" in table

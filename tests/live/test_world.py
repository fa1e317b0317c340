"""The pages of the releases say what was found, and publish no exploit."""

import json

from astrbot_conformance.report import json as report_json
from astrbot_conformance.verdict.judgement import Report

from tests.conformance.report.samples import BOTS, CHAT, LEAK, SHOULD, failed, finding, passed, report
from tests.live.world import Release, overview, page

SECRET = failed(finding("NO-SECRETS", BOTS, level="SHOULD"))


def judged(made: Report, release: str = "4.26.0b8") -> Release:
    """A release as its report tells it."""
    return Release(release, json.loads(report_json.render(made)))


REPORT = judged(report(LEAK, SHOULD, SECRET, passed("MSG-EMPTY", CHAT)))


def test_what_shows_too_much_is_named_without_what_was_sent() -> None:
    """Requirement and operation are there, the `curl` line is not; nor is that of anything else found there."""
    for text in (page(REPORT), overview([REPORT])):
        assert f"SCOPE-REQUIRED `{BOTS}`" in text
        assert f"NO-SECRETS `{BOTS}`" in text
        assert "what was sent is not published" in text
        assert "ASTRBOT_KEY_PERSONA" not in text.partition(f"MSG-TYPES `{CHAT}`")[0]


def test_what_does_no_harm_has_its_curl_line() -> None:
    """For anybody's server: the address is a variable."""
    shown = page(judged(report(SHOULD)))

    assert "curl -sS -i $ASTRBOT_URL/api/v1/bots" in shown
    assert "127.0.0.1" not in shown


def test_the_table_tells_what_holds_where() -> None:
    """A release without a requirement has an empty cell; SHOULD findings are marked as such."""
    table = overview([REPORT, judged(report(passed("MSG-EMPTY", CHAT)), "4.26.8")])

    assert "| MSG-EMPTY | ✓ | ✓ |" in table
    assert "| SCOPE-REQUIRED | ✗ 1 |  |" in table
    assert "| NO-SECRETS | ✗ 1* |  |" in table

"""Every report format with the same sample reports: each renders, is well formed, and contains the important facts."""

import base64
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
from astrbot_api import releases
from astrbot_conformance.contract import requirements_of_all_releases
from astrbot_conformance.report import html, junit, markdown, sarif
from astrbot_conformance.report.files import files_of
from astrbot_conformance.secret import KEY_SHAPE
from astrbot_conformance.verdict.judgement import Report

from tests.conformance.report import sarif_schema
from tests.conformance.report.markdown_code import outside_code
from tests.conformance.report.samples import (
    BOTS,
    BROKEN,
    CHAT,
    DOT,
    KNOWN,
    SAMPLES,
    SEEN,
    SHOULD,
    SKILLS,
    SOUND,
    failed,
    finding,
    missed,
    report,
)

FORMS = ("report.json", "junit.xml", "report.html", "report.sarif", "summary.md")
VOID = {"meta", "link", "input", "br", "img"}


class Nesting(HTMLParser):
    """Notes every tag that is closed in the wrong place, and every address that a browser would load."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Store the open tag."""
        self.loads += [
            f"{name}={value}" for name, value in attrs if name in ("src", "href", "srcset", "action") and value
        ]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Compare the tag with the last open one."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_run_writes_every_format(sample: Report) -> None:
    """A report has these files, with or without findings, and each names the target."""
    files = files_of(sample)

    assert tuple(files) == FORMS
    assert [name for name, text in files.items() if "127.0.0.1" not in text.replace("\\", "")] == []


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_json_is_format_1(sample: Report) -> None:
    """`report.json` has the members that scripts rely on, and a finding has everything that a replay needs."""
    raw = json.loads(files_of(sample)["report.json"])

    assert list(raw) == ["format", "verdict", "target", "run", "requirements", "known", "beyond", "findings"]
    assert raw["format"] == 1
    for entry in raw["findings"]:
        assert {"requirement", "level", "operation", "expected", "actual", "curl", "response", "check"} <= set(entry)


def test_junit_has_a_case_for_each_requirement_and_operation() -> None:
    """No pair occurs twice. Findings that count fail, other findings are output, and unjudged cases are skipped."""
    suite = ET.fromstring(junit.render(BROKEN))[0]  # noqa: S314  our own text
    cases = {(case.get("classname"), case.get("name")): case for case in suite}

    assert len(cases) == len(suite) == int(suite.get("tests", 0))
    assert (suite.get("failures"), suite.get("skipped")) == ("2", "1")
    assert cases["SCOPE-REQUIRED", str(BOTS)].find("failure") is not None
    assert cases["MSG-EMPTY", str(CHAT)].find("skipped") is not None
    assert cases["MSG-TYPES", str(CHAT)].find("failure") is None
    assert "does not affect the verdict" in (cases["MSG-TYPES", str(CHAT)].findtext("system-out") or "")


def test_junit_fails_should_findings_when_strict() -> None:
    """With `--strict`, SHOULD findings fail."""
    suite = ET.fromstring(junit.render(report(SHOULD, strict=True)))[0]  # noqa: S314  our own text

    assert suite.get("failures") == "1"


def test_junit_joins_the_checks_of_a_pair() -> None:
    """Two checks of one requirement and operation are one case. It is not skipped if one of them could judge."""
    suite = ET.fromstring(junit.render(report(SHOULD, missed("MSG-TYPES", CHAT))))[0]  # noqa: S314  our own text

    assert (suite.get("tests"), suite.get("skipped")) == ("1", "0")


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_sarif_follows_the_standard(sample: Report) -> None:
    """Every member exists in SARIF 2.1.0, and every required member is present."""
    log = json.loads(files_of(sample)["report.sarif"])

    jsonschema_rs.validator_for(sarif_schema.LOG, validate_formats=True).validate(log)


def test_sarif_has_rules_results_and_locations() -> None:
    """Each result has a rule, a level, a line of report.json where the finding begins, and a unique fingerprint."""
    files = files_of(BROKEN)
    (run,) = json.loads(files["report.sarif"])["runs"]
    lines = files["report.json"].split("\n")
    results = run["results"]

    assert [result["level"] for result in results] == ["error", "error", "warning"]
    for result in results:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        line = result["locations"][0]["physicalLocation"]["region"]["startLine"]
        assert f'"requirement": "{result["ruleId"]}"' in lines[line]
    assert len({result["partialFingerprints"]["astrbotFinding/v2"] for result in results}) == len(results)


def test_a_fingerprint_does_not_depend_on_the_response() -> None:
    """Code scanning follows a finding from run to run, even if the response or the text of the finding changes."""
    one, other = (
        report(failed(finding("SCOPE-REQUIRED", SKILLS, expected=f"403 {word}", actual=f"200 {word}")))
        for word in ("once", "later")
    )
    prints = [json.loads(sarif.render(r))["runs"][0]["results"][0]["partialFingerprints"] for r in (one, other)]

    assert prints[0] == prints[1]


def test_markdown_shows_everything_that_did_not_pass() -> None:
    """It has the verdict, the requirements that did not pass, and the findings with `curl` lines; no active markup."""
    text = markdown.render(BROKEN)

    assert text.startswith("## ❌ Violations")
    assert "| ❌ | SCOPE-REQUIRED | MUST |" in text
    assert "| SCOPE-SUFFICIENT |" in text
    assert "| DOC-UI |" not in text
    assert "<script>" not in outside_code(text)
    assert text.count("<details>") == text.count("</details>") == len(BROKEN.findings)


def test_markdown_of_a_sound_server_is_short() -> None:
    """A run without findings has a summary of a few lines."""
    assert markdown.render(SOUND).count("\n") < 8


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_the_page_is_well_formed_and_self_contained(sample: Report) -> None:
    """Every tag is closed in the right place, and every address in the page is a place in the page."""
    page = html.render(sample)
    nesting = Nesting()
    nesting.feed(page)

    assert (nesting.wrong, nesting.open) == ([], [])
    assert [
        address for address in nesting.loads if not address.startswith(("href=#", "href=data:,", "src=data:"))
    ] == []
    assert "default-src 'none'" in page


def test_pictures_are_in_the_page() -> None:
    """Every picture is embedded, with the name of its file and a description."""
    page = html.render(SEEN)

    assert page.count("data:image/png;base64," + base64.b64encode(DOT).decode()) == len(SEEN.pictures) == 6
    assert [picture.name for picture in SEEN.pictures if picture.name not in page] == []
    assert re.findall(r'<img [^>]*alt=""', page) == []
    assert "<figure" not in html.render(SOUND)


def test_the_page_links_each_finding_to_its_sentence() -> None:
    """Each finding has its requirement, sentence, request, response, `curl` line and replay command."""
    page = html.render(BROKEN)
    ids = set(re.findall(r'id="([^"]+)"', page))

    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    for number, found in enumerate(BROKEN.findings, 1):
        assert f"replay report.json {number}" in page
        assert f'<a href="#{found.requirement}">' in page


@pytest.mark.parametrize("release", releases.RELEASES)
def test_every_sentence_has_a_chinese_translation(release: str) -> None:
    """The page has the sentence of each requirement in both languages (report/page/sentences.zh.json).

    Text in backticks is not translated. A difference there means that a translation was not updated for a release.
    """
    chinese, sentences = html.chinese(release), releases.contract(release).requirements
    odd = [
        name
        for name, requirement in sentences.items()
        if set(re.findall("`[^`]+`", chinese[name])) != set(re.findall("`[^`]+`", requirement.sentence))
    ]

    assert odd == []
    assert html.chinese(releases.NEWEST).keys() == requirements_of_all_releases().keys()


@pytest.mark.parametrize("name", ["report.html", "report.sarif", "summary.md"])
def test_every_format_marks_known_findings(name: str) -> None:
    """A known finding is shown with its reason and does not affect the verdict."""
    text = files_of(KNOWN)[name]

    assert KNOWN.verdict == "conformant"
    assert "issue 13" in text
    assert "issue 12 <b>" not in text or name == "report.sarif"


def test_the_first_characters_of_a_key_do_not_look_like_a_key() -> None:
    """A page without its tags keeps the texts of two elements apart: a text may end with what a listing shows."""
    end = "…abk_Zk3x9TzL"
    members = dict.fromkeys(("expected", "actual", "request", "response", "curl"), end)
    sample = replace(
        report(failed(finding("AUTH-REQUIRED", BOTS, **members)), missed("SCOPE-REQUIRED", BOTS, end), trouble=end),
        notes=(end, end),
    )

    page = html.render(sample)
    joined = re.sub("<[^>]*>", "", page)
    assert page.count(end) >= len(members)
    assert KEY_SHAPE.findall(joined) == []

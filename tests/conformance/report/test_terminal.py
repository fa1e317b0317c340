"""The report on a terminal: the verdict first and last, one example for each cause, and all details on request."""

import re
from typing import get_args

import pytest
from astrbot_api.operations import KEYED
from astrbot_conformance.report.causes import causes
from astrbot_conformance.report.terminal import MOST_LINES, Detail, render
from astrbot_conformance.verdict.judgement import Report
from rich.cells import cell_len

from tests.conformance.report.samples import BOTS, BROKEN, CHAT, KNOWN, SAMPLES, SOUND, failed, finding, report

DETAILS = get_args(Detail)
UNLIKE = ("a list", "an object", "a text", "no body", "an event stream", "a web page", "nothing", "a redirection")
MANY = report(
    *(failed(finding("SCOPE-REQUIRED", one)) for one in KEYED),
    *(failed(finding("SHAPE-BODY", one, expected=f"`{one.id}`", actual=f"`{one.path}`")) for one in KEYED),
    *(failed(finding("MSG-TYPES", CHAT, level="SHOULD", actual=actual)) for actual in UNLIKE),
    failed(finding("NO-SECRETS", BOTS, level="SHOULD")),
    failed(finding("ROUTE-UNKNOWN", BOTS, level="SHOULD", curl="curl " + "x" * 7500)),
)


def test_findings_of_one_cause_are_one_example() -> None:
    """They differ only in their operations. Another kind of response is another cause."""
    found = causes(MANY)

    assert [cause.requirement for cause in found if len(cause.findings) == len(KEYED)] == [
        "SCOPE-REQUIRED",
        "SHAPE-BODY",
    ]
    assert len([cause for cause in found if cause.requirement == "MSG-TYPES"]) == len(UNLIKE)
    assert sorted(number for cause in found for number in cause.numbers) == list(range(1, len(MANY.findings) + 1))


@pytest.mark.parametrize("status", ["401", "404", "500"])
def test_another_status_is_another_cause(status: str) -> None:
    """A rejection with the wrong status and a leak are not the same fault."""
    other = failed(finding("SCOPE-REQUIRED", CHAT, actual=f"{status} `no`"))

    assert len(causes(report(failed(finding("SCOPE-REQUIRED", BOTS)), other))) == 2


def test_known_findings_are_other_causes_and_come_last() -> None:
    """They do not affect the verdict."""
    found = causes(KNOWN)

    assert [bool(cause.known) for cause in found] == sorted(bool(cause.known) for cause in found)
    assert any(cause.known for cause in found)


def test_security_comes_before_shape() -> None:
    """MUST comes before SHOULD, and within each, requirements about access and secrets come first."""
    order = list(dict.fromkeys((cause.example.level, cause.requirement) for cause in causes(MANY)))

    assert order == [
        ("MUST", "SCOPE-REQUIRED"),
        ("MUST", "SHAPE-BODY"),
        ("SHOULD", "NO-SECRETS"),
        ("SHOULD", "MSG-TYPES"),
        ("SHOULD", "ROUTE-UNKNOWN"),
    ]


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_default_output_fits_sixty_lines(width: int) -> None:
    """Every violated requirement is named, and the verdict is the first and the last line."""
    text = render(MANY, width)
    first, last = (" ".join(part.split()) for part in (text.split("\n\n")[0], text[text.rindex("VIOLATIONS") :]))

    assert len(text.splitlines()) <= MOST_LINES
    assert [one.requirement for one in MANY.findings if one.requirement not in text] == []
    assert first == last
    assert f"{2 * len(KEYED)} MUST findings in 2 requirements, 10 SHOULD findings in 3 requirements" in first
    assert f", and {len(KEYED) - 1} other operations" in " ".join(text.split())


def test_few_lines_still_name_every_requirement() -> None:
    """Those without an example are named in one line."""
    text = render(MANY, 100, most_lines=20)

    assert "also violated: " in text
    assert [one.requirement for one in MANY.findings if one.requirement not in text] == []


def test_a_long_request_is_not_shown() -> None:
    """The command that repeats the finding is shown in its place. All details still show the request."""
    sample = report(failed(finding("ROUTE-UNKNOWN", BOTS, curl="curl " + "x" * 7500)))

    assert "x" * 100 not in render(sample)
    assert "  replay   astrbot-contract replay report.json 1" in render(sample)
    assert "x" * 7500 in render(sample, detail="everything")


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_the_verdict_alone_is_one_line(sample: Report) -> None:
    """It is the last line of every other output."""
    (verdict,) = render(sample, 40, detail="verdict").splitlines()

    assert render(sample, 250).splitlines()[-1] == verdict
    assert render(sample, 250, detail="everything").splitlines()[-1] == verdict


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
@pytest.mark.parametrize("width", [40, 79, 100, 250])
@pytest.mark.parametrize("detail", ["causes", "everything"])
def test_the_terminal_keeps_to_its_width(sample: Report, width: int, detail: Detail) -> None:
    """No line is wider than the terminal, except `curl` lines, which are meant to be copied."""
    lines = render(sample, width, detail=detail).splitlines()

    assert [line for line in lines if cell_len(line) > width and not line.startswith("  replay")] == []


@pytest.mark.parametrize("detail", DETAILS)
def test_the_terminal_is_plain_without_colour(detail: Detail) -> None:
    """Without colour, there are no control characters, even if a response contains some. With it, only colours."""
    plain = render(BROKEN, detail=detail)
    coloured = render(BROKEN, colour=True, detail=detail)

    assert all(character.isprintable() or character == "\n" for character in plain)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert coloured != plain


def test_all_details_are_the_grid_the_requirements_and_the_findings() -> None:
    """The order is fixed. A leak and a wrong rejection have their own marks, not only colours."""
    text = render(BROKEN, 70, detail="everything")
    (bots,) = re.findall(r"^GET +/bots +(.*)$", text, re.MULTILINE)
    (skills,) = re.findall(r"^GET +/skills +(.*)$", text, re.MULTILINE)

    assert bots.split() == "● · ! · ● · · · ·".split()
    assert skills.split() == "· · · · · · · · ✗".split()
    assert text.index("GET    /bots") < text.index("#1 SCOPE-REQUIRED") < text.rindex("VIOLATIONS")


def test_a_wide_terminal_shows_several_columns() -> None:
    """The grid of all operations takes fewer lines on a wide terminal."""
    wide, narrow = (render(SOUND, width, detail="everything").count("\n") for width in (300, 100))

    assert wide < narrow / 2


def test_the_terminal_names_fixed_deviations() -> None:
    """The reader can then remove the entry from the list."""
    text = render(KNOWN)

    assert "known: issue 13" in text
    assert "DOC-UI is listed as known" in text

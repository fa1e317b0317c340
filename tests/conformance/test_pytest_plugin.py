"""The pytest plugin: the checks as tests, the resources as fixtures, and the same verdict as `conform`."""

import re
from collections.abc import Iterator

import pytest
from astrbot_api.releases import BASE, contract
from astrbot_conformance.contract import reading
from astrbot_conformance.pytest_plugin.outcome import PROPERTY
from astrbot_faults import CATALOGUE, broken
from astrbot_reference import running

from tests.conformance.default_run import SETTINGS, default_run
from tests.project.tree import ROOT

pytestmark = pytest.mark.slow

CHECKS = ("--pyargs", "astrbot_conformance.checks")
PAGE = (ROOT / "docs" / "pytest.md").read_text("utf-8")
EXAMPLE = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[0]


@pytest.fixture
def login(monkeypatch: pytest.MonkeyPatch) -> None:
    """The login of a reference server in the environment."""
    monkeypatch.setenv("ASTRBOT_USERNAME", SETTINGS.username)
    monkeypatch.setenv("ASTRBOT_PASSWORD", str(SETTINGS.password))


@pytest.fixture
def url() -> Iterator[str]:
    """A sound reference server."""
    with running(SETTINGS) as url:
        yield url


def failed_requirements(recorder: pytest.HookRecorder) -> set[str]:
    """The requirements of the failed tests of a run."""
    reports = recorder.getreports("pytest_runtest_logreport")
    return {str(dict(report.user_properties).get(PROPERTY)) for report in reports if report.failed}


@pytest.mark.usefixtures("login")
def test_your_own_tests_use_the_fixtures(pytester: pytest.Pytester, url: str) -> None:
    """The example of the documentation: a test of a key, and a test for each of some operations."""
    pytester.makepyfile(EXAMPLE)

    result = pytester.runpytest_inprocess("--astrbot-url", url)

    result.assert_outcomes(passed=1 + len(reading(contract(BASE))))


@pytest.mark.usefixtures("login")
@pytest.mark.parametrize("name", ["config-implies-chat-too", "member-missing"])
def test_the_verdict_is_that_of_conform(pytester: pytest.Pytester, name: str) -> None:
    """The same requirements fail on a server with a fault, and none on the sound server."""
    fault = CATALOGUE[name]
    judged = frozenset({fault.breaks})
    by_conform = {one.id for one in default_run(fault, requirements=judged).requirements if one.status == "failed"}

    with broken(SETTINGS, fault) as url:
        recorder = pytester.inline_run(
            *CHECKS, "--astrbot-url", url, "--astrbot-options", f"--seed 1 --requirement {fault.breaks}"
        )

    assert failed_requirements(recorder) == by_conform == {fault.breaks}
    assert recorder.ret == pytest.ExitCode.TESTS_FAILED


@pytest.mark.usefixtures("login")
def test_pytest_selects_and_repeats(pytester: pytest.Pytester) -> None:
    """`-k` selects the checks, and `--lf` repeats the failed ones."""
    words = ("-k", "scope_required and providers")
    with broken(SETTINGS, CATALOGUE["unchecked-list-providers"]) as url:
        first = pytester.runpytest_inprocess(*CHECKS, "--astrbot-url", url, *words)
        again = pytester.runpytest_inprocess(*CHECKS, "--astrbot-url", url, *words, "--lf")

    assert first.parseoutcomes()["failed"] == 1
    assert first.parseoutcomes()["passed"] > 3
    assert again.parseoutcomes()["failed"] == 1
    assert "passed" not in again.parseoutcomes()
    first.stdout.fnmatch_lines(
        ["expected:  403 `Insufficient API key scope` in an error envelope for a key*", "got:       200*"]
    )
    first.stdout.fnmatch_lines([f"{url}: violations (1 of * requirements judged*"])


@pytest.mark.usefixtures("login")
def test_two_workers_judge_as_one(pytester: pytest.Pytester) -> None:
    """With pytest-xdist, the checks that wait for others see the responses to all workers."""
    with broken(SETTINGS, CATALOGUE["unchecked-list-providers"]) as url:
        words = ("-k", "(scope_required and providers) or (shape_status and providers)", "-n", "2")
        result = pytester.runpytest_subprocess(*CHECKS, "--astrbot-url", url, *words)

    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines([f"{url}: violations (2 of * requirements judged*"])


@pytest.mark.usefixtures("login")
def test_a_response_to_your_own_test_is_judged_too(pytester: pytest.Pytester) -> None:
    """The passive checks fail a session whose tests all pass, if the server authorized an insufficient key."""
    pytester.makepyfile("""
        from astrbot_api.operations import BY_ID
        from astrbot_conformance.http.request import harmless

        def test_nothing_of_it(target, keys):
            target.send(harmless(BY_ID["list_providers"]), keys.weakest("im"))
    """)
    with broken(SETTINGS, CATALOGUE["unchecked-list-providers"]) as url:
        recorder = pytester.inline_run("--astrbot-url", url)

    assert failed_requirements(recorder) == {"SCOPE-REQUIRED"}


@pytest.mark.usefixtures("login")
def test_a_finding_that_does_not_count_is_expected_to_fail(pytester: pytest.Pytester) -> None:
    """A SHOULD finding xfails, and the session passes."""
    with broken(SETTINGS, CATALOGUE["second-path-does-not-write"]) as url:
        result = pytester.runpytest_inprocess(*CHECKS, "--astrbot-url", url, "-k", "alias_same_of_writes")

    assert result.ret == 0
    assert result.parseoutcomes()["xfailed"] >= 1
    result.stdout.fnmatch_lines([f"{url}: conformant (*"])


@pytest.mark.usefixtures("login")
def test_skipped_checks_alone_do_not_pass(pytester: pytest.Pytester, url: str) -> None:
    """If nothing was judged, the session fails, as `conform` ends with 3."""
    result = pytester.runpytest_inprocess(*CHECKS, "--astrbot-url", url, "-k", "test_ui")

    outcomes = result.parseoutcomes()
    assert outcomes["skipped"] >= 1
    assert (outcomes["failed"], result.ret) == (1, 1)
    result.stdout.fnmatch_lines(["*not judged: UI-*"])


def test_without_an_address_one_line_says_what_to_do(pytester: pytest.Pytester) -> None:
    """Exit code 2, before any request."""
    result = pytester.runpytest_inprocess(*CHECKS)

    assert result.ret == 2
    result.stdout.fnmatch_lines(["*--astrbot-url is missing*"])

"""For all tests."""

import os
import signal

import pytest

# A shell that starts the tests in the background makes them, and the processes that they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
NO_SKIPS = "FAIL_IF_SKIPPED"


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than processors: tests that start servers and runs wait for a quarter of their time."""
    return (os.cpu_count() or 1) + 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail if a test was skipped and the environment forbids it: the machine lacks something that CI installs."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get(NO_SKIPS) or session.exitstatus:
        return
    if skipped := len(reporter.stats.get("skipped", [])):
        reporter.write_line(f"\n{NO_SKIPS}: {skipped} tests were skipped, see the list")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

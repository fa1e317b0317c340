"""A pytest plugin: which lines of the judging code each test executes, and how long the test takes.

`python -m pytest -p tests.mutation.touched_lines` writes them as JSON to the file that TOUCHED_LINES names.
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest


class TouchedLines:
    """Measures every test of a session."""

    def __init__(self, sources: list[str], output: Path) -> None:
        """Measure the files in the folders `sources`."""
        self._measured = coverage.Coverage(data_file=None, source=sources, branch=False, config_file=False)
        self._output = output
        self._seconds: dict[str, float] = {}
        self._failed: set[str] = set()
        self._measured.start()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Measure one test."""
        began = time.monotonic()
        self._measured.switch_context(item.nodeid)
        result = yield
        self._measured.switch_context("")
        self._seconds[item.nodeid] = time.monotonic() - began
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember a failed test: it proves nothing about a mutant."""
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write what was measured."""
        self._measured.stop()
        data = self._measured.get_data()
        lines = {
            str(Path(file).resolve()): {
                str(line): [test for test in tests if test] for line, tests in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
        self._output.write_text(json.dumps({"lines": lines, "seconds": self._seconds, "failed": sorted(self._failed)}))


def pytest_configure(config: pytest.Config) -> None:
    """Start to measure before any test file is imported."""
    sources, output = os.environ["TOUCHED_SOURCES"].split(os.pathsep), Path(os.environ["TOUCHED_LINES"])
    config.pluginmanager.register(TouchedLines(sources, output), "touched-lines")

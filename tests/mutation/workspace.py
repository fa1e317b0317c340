"""Copies of the project in which mutants are applied, and the tests that execute a line."""

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.drawing import Mutant

PACKAGES = ("conformance", "generated", "generator", ".")
NOT_COPIED = shutil.ignore_patterns(".venv", ".git", "*_cache", ".hypothesis", "conformance-report", "build", "dist")
SELECTED = "not live and not slow"
MOST_SECONDS = 40.0  # of tests for one mutant, as measured without it; the quick ones come first
SLOWER, LEAST_TIME = 10, 30.0  # how much longer than measured the tests may take, and at least how long, in seconds


@dataclass(frozen=True, slots=True)
class NearbyTests:
    """Which tests execute a line. lines: file -> line -> tests; seconds: test -> duration.

    importing: module -> the tests in the files that import it.
    """

    root: Path
    lines: Mapping[str, Mapping[str, Sequence[str]]]
    importing: Mapping[str, frozenset[str]]
    seconds: Mapping[str, float]
    failed: frozenset[str]

    def of(self, mutant: Mutant) -> list[str]:
        """The quickest tests that execute the line. If it runs at import only: those that use anything of the file."""
        lines = self.lines.get(str((self.root / mutant.file).resolve()), {})
        using = self.importing.get(module_of(mutant), frozenset()).union(*lines.values())
        tests = set(lines.get(str(mutant.line), ())) or using
        chosen, total = list[str](), 0.0
        for test in sorted(tests - self.failed, key=lambda test: self.seconds[test]):
            total += self.seconds[test]
            if total > MOST_SECONDS:
                break
            chosen.append(test)
        return chosen

    def time_of(self, tests: Sequence[str]) -> float:
        """The time that these tests may take, in seconds."""
        return LEAST_TIME + SLOWER * sum(self.seconds[test] for test in tests)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A copy of the project."""

    root: Path

    @classmethod
    def copied(cls, root: Path, to: Path) -> "Workspace":
        """A copy of the project at `root`."""
        shutil.copytree(root, to, ignore=NOT_COPIED, symlinks=True)
        return cls(to)

    def can_import(self, mutant: Mutant) -> bool:
        """Whether the changed file can be imported. If not, every test would fail, and none would prove anything."""
        with self._changed(mutant):
            command = [sys.executable, "-W", "ignore", "-c", f"import {module_of(mutant)}"]
            return _code(command, self.root, self._environment, LEAST_TIME) == 0

    def is_killed(self, mutant: Mutant, nearby: NearbyTests) -> bool:
        """Whether a nearby test fails, or does not end, with this mutant."""
        tests = nearby.of(mutant)
        if not tests:
            return False
        with self._changed(mutant):
            return self.run(["-x", *tests], seconds=nearby.time_of(tests)) != 0

    def run(self, arguments: Sequence[str], *, seconds: float | None = None, **variables: str) -> int | None:
        """Run pytest with these arguments. Returns its exit code; None if it took more than `seconds`."""
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", SELECTED]
        return _code([*command, *arguments], self.root, {**self._environment, **variables}, seconds)

    @property
    def _environment(self) -> dict[str, str]:
        path = os.pathsep.join(str(self.root / package) for package in PACKAGES)
        return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}

    @contextmanager
    def _changed(self, mutant: Mutant) -> Iterator[None]:
        path = self.root / mutant.file
        original = path.read_bytes()
        path.write_text(mutant.text, encoding="utf-8")
        try:
            yield
        finally:
            path.write_bytes(original)


def _code(command: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float | None) -> int | None:
    """The exit code of a command; None if it took too long. Ends the servers that it left."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def measured(space: Workspace, packages: Sequence[str], tests: Sequence[str]) -> NearbyTests:
    """Run the tests once without a mutant."""
    output = space.root / "touched-lines.json"
    sources = os.pathsep.join(str(space.root / package) for package in packages)
    space.run(["-p", "tests.mutation.touched_lines", *tests], TOUCHED_LINES=str(output), TOUCHED_SOURCES=sources)
    data = json.loads(output.read_text(encoding="utf-8"))
    importing = _importing(space.root, list(data["seconds"]))
    return NearbyTests(space.root, data["lines"], importing, data["seconds"], frozenset(data["failed"]))


def module_of(mutant: Mutant) -> str:
    """The name of the module that a mutant changes."""
    return ".".join(Path(mutant.file).with_suffix("").parts[1:]).removesuffix(".__init__")


def _importing(root: Path, tests: Sequence[str]) -> dict[str, frozenset[str]]:
    """The tests in the files that import each module."""
    by_file = defaultdict(list)
    for test in tests:
        by_file[test.partition("::")[0]].append(test)
    importing = defaultdict(set)
    for file, of_file in by_file.items():
        for module in _imported(ast.parse((root / file).read_text(encoding="utf-8"))):
            importing[module].update(of_file)
    return {module: frozenset(some) for module, some in importing.items()}


def _imported(tree: ast.Module) -> Iterator[str]:
    """The modules that a file imports, or imports a name from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)

"""What a second processor works out is what this process would have."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import os, sys, threading
from astrbot_generator import background
{before}
mine = os.getpid()
def work():
    {work}
try:
    print(background.Background(work).result())
except ValueError as error:
    print("met:", error)
"""
COPIED = "background._can_fork = lambda: True"
NOT_COPIED = "background._can_fork = lambda: False"


def run(before: str, work: str) -> str:
    """What a program of its own prints, in which a function runs beside the rest."""
    command = [sys.executable, "-c", PROGRAM.format(before=before, work=work)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("before", [COPIED, NOT_COPIED])
def test_the_result_comes_back(before: str) -> None:
    """More than a pipe holds at once, and whatever can be pickled."""
    assert run(before, "return len('x' * 1_000_000), {'a': 1}") == "(1000000, {'a': 1})"


@pytest.mark.parametrize(("before", "here"), [(COPIED, "False"), (NOT_COPIED, "True")])
def test_it_runs_beside_where_that_is_safe(before: str, here: str) -> None:
    """In a process of its own, or in this one."""
    assert run(before, "return os.getpid() == mine") == here


@pytest.mark.parametrize("before", [COPIED, NOT_COPIED])
def test_what_goes_wrong_is_met_here(before: str) -> None:
    """An error of the function is raised where its result is asked for."""
    assert run(before, "raise ValueError('no')") == "met: no"


def test_a_process_with_threads_is_not_copied() -> None:
    """A second thread may hold a lock that the copy would wait for for ever."""
    thread = "threading.Thread(target=threading.Event().wait, daemon=True).start()"

    assert run(thread, "return os.getpid() == mine") == "True"

"""Calls a command with wrong input, and checks that it is reported in one line."""

import re
from collections.abc import Callable, Sequence

import pytest
from astrbot_conformance.cli.check import check
from astrbot_conformance.cli.clean import clean
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.cli.diff import diff
from astrbot_conformance.cli.replay import replay
from astrbot_reference.cli import serve

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command for command in (check, clean, conform, diff, replay, serve)
}
NO_SERVER = "http://127.0.0.1:9"
VERDICT = re.compile(r"CONFORMANT|VIOLATIONS|NOT JUDGED|opens|better|removed \d|on http")


def refused(name: str, words: Sequence[str], capsys: pytest.CaptureFixture[str], code: int = 2) -> str:
    """The output of a command that ends with `code`: one line on stderr, and no verdict."""
    assert COMMANDS[name](list(words)) == code
    output = capsys.readouterr()
    assert not VERDICT.search(output.out)
    assert "Traceback" not in output.err
    assert output.err.count("\n") == 1, output.err
    return output.err

"""A service that lacks a method, or has one of another type, does not pass the type checker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SERVICE = """
from astrbot_api import models
from astrbot_api.server import Caller
from astrbot_api.server.im import ImService


class Im:
    async def list_im_bots(self, *, caller: Caller) -> models.ImBotsAnswer:
        raise NotImplementedError

    async def send_im_message(self, *, caller: Caller, body: {body}) -> {answer}:
        raise NotImplementedError

    async def {third}(self, *, caller: Caller, body: models.ImMessage) -> models.DoneQuietly:
        raise NotImplementedError


service: ImService[Caller] = Im()
"""
RIGHT = {"body": "models.ImMessage", "answer": "models.DoneQuietly", "third": "send_im_message_alias"}
CASES = {
    "right": ({}, None),
    "missing": ({"third": "send_nothing"}, 'missing following "ImService" protocol member'),
    "another body": ({"body": "models.Bot"}, "Following member(s) of"),
    "another answer": ({"answer": "models.Bot"}, "Following member(s) of"),
}


@pytest.mark.parametrize(("change", "complaint"), CASES.values(), ids=CASES.keys())
def test_mypy_holds_a_service_to_its_protocol(change: dict[str, str], complaint: str | None, tmp_path: Path) -> None:
    """The type checker accepts the right service, and names what is wrong with each of the others."""
    source = tmp_path / "service.py"
    source.write_text(SERVICE.format(**(RIGHT | change)), encoding="utf-8")
    cache = Path(__file__).parents[2] / ".mypy_cache"

    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={cache}/services", str(source)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"MYPYPATH": str(Path(__file__).parents[2] / "generated"), "PATH": ""},
    )

    assert (checked.returncode == 0) == (complaint is None), checked.stdout
    assert complaint is None or complaint in checked.stdout

"""The server in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest
from astrbot_reference import Settings, running_apart
from astrbot_reference.subprocess_server import NotStartedError

pytestmark = pytest.mark.slow

ASKED = "/api/v1/im/bots"
HOLDER = """
import time
from astrbot_reference import Settings, running_apart
if __name__ == "__main__":
    with running_apart(Settings(password="a long password")) as url:
        print(url, flush=True)
        time.sleep(60)
"""


def test_it_answers_as_long_as_it_is_needed() -> None:
    """And no longer."""
    with running_apart(Settings(password="a long password")) as url:
        assert httpx2.get(url + ASKED).status_code == 401

    with pytest.raises(httpx2.ConnectError):
        httpx2.get(url + ASKED)


def test_it_says_so_where_it_cannot_start(capfd: pytest.CaptureFixture[str]) -> None:
    """A database that is none."""
    with pytest.raises(NotStartedError), running_apart(Settings(database="no such thing")):
        pass
    capfd.readouterr()


@pytest.mark.parametrize(("number", "outlives"), [(signal.SIGKILL, False), (signal.SIGINT, True)])
def test_it_ends_with_whoever_asked_for_it(number: signal.Signals, *, outlives: bool, tmp_path: Path) -> None:
    """Killed, it takes the server with it; Ctrl-C reaches the whole group, but the server waits to be ended."""
    script = tmp_path / "holder.py"
    script.write_text(HOLDER)
    holder = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert holder.stdout
    url = holder.stdout.readline().strip()
    assert httpx2.get(url + ASKED).status_code == 401

    if outlives:
        holder.send_signal(signal.SIGSTOP)
        os.killpg(holder.pid, number)
        assert httpx2.get(url + ASKED).status_code == 401
        holder.kill()
    os.kill(holder.pid, number)
    holder.wait(10)
    holder.stdout.close()

    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            httpx2.get(url + ASKED)
            time.sleep(0.1)
        except httpx2.TransportError:
            return
    raise AssertionError("the server is still there")

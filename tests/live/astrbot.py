"""A real AstrBot on loopback, installed once into a cache folder and started on a fresh data folder.

`running(root, release)` is all that a test needs. Facts it relies on, measured on 4.26.0b8, 4.26.8, 4.27.4, 4.28.2 and
4.29.1: a release needs Python 3.12 or newer, takes its first password from the environment, and wants the first-run
set-up finished before the dashboard is free. From 4.26.8 on it brings its web interface; 4.26.0b8 would download one
unless it lies in its data folder.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

RELEASE = "4.26.0b8"
# 4.26 leaves both unbounded; with newer ones it can neither delete a session nor reach MCP over HTTP.
BOUNDS = ("sqlmodel==0.0.38", "mcp<2")
USERNAME = "astrbot"
START_SECONDS = 120


class LiveError(RuntimeError):
    """AstrBot could not be installed, started or set up; the message says which and shows what it printed last."""


@dataclass(frozen=True)
class Astrbot:
    """A running AstrBot: its release, where it listens, its dashboard login, and the folder that holds its data."""

    release: str
    url: str
    username: str
    password: str
    data: Path


@contextmanager
def running(root: Path, release: str = RELEASE) -> Iterator[Astrbot]:
    """AstrBot on a free port of 127.0.0.1 with its data under the empty folder `root`, set up; stopped at the end."""
    command = installed(release)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    initial, final = (f"Live-{secrets.token_hex(8)}-{word}" for word in ("First1", "Final2"))
    prepare(root, command)
    log = root / "run.log"
    environment = os.environ | {
        "ASTRBOT_DASHBOARD_INITIAL_PASSWORD": initial,
        "ASTRBOT_DASHBOARD_HOST": "127.0.0.1",
        "DASHBOARD_HOST": "127.0.0.1",
        "DASHBOARD_PORT": str(port),
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [command, "run", "-p", str(port)],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_it_answers(process, url, log)
        finish_first_run(url, initial, final)
        yield Astrbot(release, url, USERNAME, final, root / "data")
    finally:
        stop(process)


def installed(release: str) -> Path:
    """The `astrbot` command of a release, installed from the package index the first time (about a minute)."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "astrbot-contract" / release
    command, complete = cache / "bin" / "astrbot", cache / "complete"
    if not complete.exists():
        run([find_python(), "-m", "venv", "--clear", str(cache)])
        pip = [str(cache / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        run([*pip, f"astrbot=={release}", *(BOUNDS if release.startswith("4.26.") else ())])
        complete.touch()
    return command


def find_python() -> str:
    """A Python that the release runs on: what ASTRBOT_LIVE_PYTHON names, this one, one on PATH, or one of pyenv's."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    others = [str(path) for path in sorted(pyenv.glob("3.1[23].*/bin/python"))]
    for name in (os.environ.get("ASTRBOT_LIVE_PYTHON"), sys.executable, "python3.12", "python3.13", *others):
        path = name and shutil.which(name)
        test = "import sys; sys.exit(not (3, 12) <= sys.version_info < (3, 14))"
        if path and subprocess.run([path, "-c", test], check=False, capture_output=True).returncode == 0:
            return path
    raise LiveError("AstrBot needs Python 3.12 or 3.13; name one in ASTRBOT_LIVE_PYTHON")


def prepare(root: Path, command: Path) -> None:
    """Make `root` what a release takes for its own folder; with an empty page where it brings no web interface."""
    for name in ("config", "plugins", "temp"):
        (root / "data" / name).mkdir(parents=True)
    (root / ".astrbot").touch()
    if any(command.parents[1].glob("lib/python3*/site-packages/astrbot/dashboard/dist/index.html")):
        return
    page = root / "data" / "dist"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<html></html>")
    (page / "assets" / "version").write_text("v99.0.0\n")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_it_answers(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return once the published document is served; LiveError when the process ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/api/v1/openapi.json", timeout=2):  # noqa: S310  the address is ours
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise LiveError(f"AstrBot did not start:\n{log.read_text(errors='replace')[-2000:]}")


def finish_first_run(url: str, initial: str, final: str) -> None:
    """Log in with the first password and set the final one, as an operator does before anything else."""
    token = post(f"{url}/api/v1/auth/login", {"username": USERNAME, "password": initial})["data"]["token"]
    body = {"username": USERNAME, "password": final, "confirm_password": final}
    response = post(f"{url}/api/v1/auth/setup", body, token)
    if response["status"] != "ok":
        raise LiveError(f"first-run set-up was refused: {response.get('message')}")


def post(url: str, body: dict[str, str], token: str | None = None) -> dict[str, Any]:
    """The JSON answer to `body`, sent with the dashboard token where one is given."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    with urlopen(Request(url, json.dumps(body).encode(), headers), timeout=20) as response:  # noqa: S310  as above
        value: dict[str, Any] = json.load(response)
        return value


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the process, by force where it does not end by itself within ten seconds."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run(command: list[str]) -> None:
    """Run an installing command; LiveError with the end of what it printed when it fails."""
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    if result.returncode:
        raise LiveError(f"{' '.join(command[:3])} … failed:\n{(result.stdout + result.stderr)[-2000:]}")

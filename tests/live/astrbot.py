"""A real AstrBot on loopback, installed once into a cache folder and started with a fresh data folder.

Tests call `running(root, release)`. It relies on facts measured on every release from 4.26.0b8 to 4.29.3: a release
needs Python 3.12 or newer, reads its first password from the environment, and requires the first-run setup
before the dashboard can be used. From 4.26.8 on, it contains its web interface; 4.26.0b8 would download one unless its
data folder has one.
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
# AstrBot does not limit the versions of these dependencies, but they decide what works: with sqlmodel 0.0.39 or newer,
# some releases cannot delete a session, and with mcp 2, 4.26 cannot use MCP over HTTP.
DEPENDENCIES = ("sqlmodel", "mcp")
USERNAME = "astrbot"
START_SECONDS = 120


class LiveError(RuntimeError):
    """AstrBot could not be installed, started or set up. The message says which, and shows its last output."""


@dataclass(frozen=True)
class Astrbot:
    """A running AstrBot: its release, address, dashboard login, and data folder."""

    release: str
    url: str
    username: str
    password: str
    data: Path


@contextmanager
def running(root: Path, release: str = RELEASE) -> Iterator[Astrbot]:
    """An AstrBot after its setup, on a free port of 127.0.0.1, with its data in the empty folder `root`."""
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
        wait_until_ready(process, url, log)
        finish_first_run(url, initial, final)
        yield Astrbot(release, url, USERNAME, final, root / "data")
    finally:
        stop(process)


def installed(release: str) -> Path:
    """The `astrbot` command of a release, installed from the package index the first time (about a minute).

    The index decides the versions of its dependencies, as for a user who installs it today. Delete the folder to
    install it again.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "astrbot-contract" / release
    command, complete = cache / "bin" / "astrbot", cache / "complete"
    if not complete.exists():
        run([find_python(), "-m", "venv", "--clear", str(cache)])
        pip = [str(cache / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        run([*pip, f"astrbot=={release}"])
        complete.touch()
    return command


def dependencies(release: str) -> dict[str, str]:
    """The installed versions of the dependencies that matter, by name."""
    packages = installed(release).parents[1]
    found = (path.name.split("-")[:2] for path in packages.glob("lib/python3*/site-packages/*.dist-info"))
    versions = {name.lower(): version.removesuffix(".dist") for name, version in found}
    return {name: versions[name] for name in DEPENDENCIES if name in versions}


def find_python() -> str:
    """A Python for the release: the one in ASTRBOT_LIVE_PYTHON, this one, one on the PATH, or one of pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    others = [str(path) for path in sorted(pyenv.glob("3.1[23].*/bin/python"))]
    for name in (os.environ.get("ASTRBOT_LIVE_PYTHON"), sys.executable, "python3.12", "python3.13", *others):
        path = name and shutil.which(name)
        test = "import sys; sys.exit(not (3, 12) <= sys.version_info < (3, 14))"
        if path and subprocess.run([path, "-c", test], check=False, capture_output=True).returncode == 0:
            return path
    raise LiveError("AstrBot needs Python 3.12 or 3.13; name one in ASTRBOT_LIVE_PYTHON")


def prepare(root: Path, command: Path) -> None:
    """Make `root` a valid folder for a release; with an empty page if the release has no web interface."""
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
    """A port on which nothing listens at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return when the published document is served. Raises LiveError if the process ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/api/v1/openapi.json", timeout=2):  # noqa: S310  the address is ours
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise LiveError(f"AstrBot did not start:\n{log.read_text(errors='replace')[-2000:]}")


def finish_first_run(url: str, initial: str, final: str) -> None:
    """Log in with the first password and set the final one, as an operator does first."""
    token = post(f"{url}/api/v1/auth/login", {"username": USERNAME, "password": initial})["data"]["token"]
    body = {"username": USERNAME, "password": final, "confirm_password": final}
    response = post(f"{url}/api/v1/auth/setup", body, token)
    if response["status"] != "ok":
        raise LiveError(f"first-run set-up was refused: {response.get('message')}")


def post(url: str, body: dict[str, str], token: str | None = None) -> dict[str, Any]:
    """The JSON response to `body`, sent with the dashboard token if one is given."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    with urlopen(Request(url, json.dumps(body).encode(), headers), timeout=20) as response:  # noqa: S310  as above
        value: dict[str, Any] = json.load(response)
        return value


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the process; kill it if it does not end within ten seconds."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run(command: list[str]) -> None:
    """Run an installation command. Raises LiveError with the end of its output if it fails."""
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    if result.returncode:
        raise LiveError(f"{' '.join(command[:3])} … failed:\n{(result.stdout + result.stderr)[-2000:]}")

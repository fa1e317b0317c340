"""Take the picture of `report.html` for the README: `python -m tests.conformance.report.screenshot`."""

import tempfile
from pathlib import Path

from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.report import html
from astrbot_conformance.secret import Secret
from astrbot_faults import Fault, Server, broken
from astrbot_reference import Settings

from tests.conformance.report.browser import browser

PICTURE = Path(__file__).parents[3] / "generated" / "docs" / "report.png"
SETTINGS = Settings(username="astrbot", password="a long password", logins_at_once=10**6)


def _break(server: Server) -> None:
    odd = {"list_bots": frozenset({"persona"}), "get_provider": frozenset({"bot"})}
    server.scopes = lambda operation, held: (
        frozenset()
        if operation.id == "list_skills"
        else held | ({str(operation.scope)} if held & odd.get(operation.id, frozenset()) else set())
    )


SHOWN = ("SCOPE-SUFFICIENT", "SCOPE-REQUIRED", "SCOPE-IMPLIES", "SCOPE-CLOSED", "SCOPE-NOT-IMPLIED")


def take(folder: Path) -> None:
    """Judge a server with two leaks and one wrong rejection, and write a picture of its report."""
    fault = Fault("odd", "SCOPE-REQUIRED", "Two operations authorize too many keys, one authorizes none.", _break)
    with broken(SETTINGS, fault) as url:
        options = RunOptions(
            target=TargetOptions(base=url, disposable=True),
            username="astrbot",
            password=Secret("a long password", "ASTRBOT_PASSWORD"),
            selection=Selection(seed=1, requirements=frozenset(SHOWN)),
        )
        report, _ = judge(options, lambda *_: None)
    page = folder / "report.html"
    page.write_text(html.render(report), encoding="utf-8")
    with browser(folder / "profile") as tab:
        tab.open(page, width=1100, height=2000)
        tab.value("document.querySelector('details').open = false")
        PICTURE.write_bytes(tab.picture())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        take(Path(name))

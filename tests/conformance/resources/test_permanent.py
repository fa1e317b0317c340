"""What a run leaves because no operation removes it is counted and named, and does not affect the verdict."""

from collections.abc import Callable

import httpx2
import pytest
from astrbot_api import releases
from astrbot_conformance.engine.run import _left_behind, judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.removal import Left
from astrbot_conformance.http.request import asking
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.resources.permanent import EXPORTED, KIND, ExportedFiles
from astrbot_conformance.secret import Secret
from astrbot_faults import Fault, Server, broken
from astrbot_reference import Settings

CONTRACT = releases.contract(releases.NEWEST)
SETTINGS = Settings(password="Secret-of-a-test-1", release=releases.NEWEST)
ORIGIN = "webchat:FriendMessage:webchat!somebody!"


def test_each_kind_is_one_line_with_its_number() -> None:
    """Only the first ten are named. A failing removal has its own line."""
    origins = [Left(f"origin-{number}", "", KIND) for number in range(32)]
    lines = list(_left_behind([*origins, Left("a.zip", "", EXPORTED), Left("s", "DELETE /s")], {"DELETE /s"}))

    assert [line.split(": ")[1] for line in lines[:2]] == [f"{KIND} (32)", f"{EXPORTED} (1)"]
    assert "origin-9 and 22 more" in lines[0]
    assert lines[2] == "left on the target, because DELETE /s does not remove it (see the finding): s"


@pytest.mark.parametrize(("status", "files"), [(200, 1), (404, 0)])
def test_a_successful_download_leaves_a_file(status: int, files: int) -> None:
    """The same file twice is one file."""
    exported = ExportedFiles()
    target = astrbot_target(
        TargetOptions("http://127.0.0.1:1"), httpx2.MockTransport(lambda _: httpx2.Response(status, content=b"PK"))
    )
    target.observers.append(exported)
    for _ in range(2):
        target.send(asking(CONTRACT.by_id["download_skill"], path={"skill_name": "a"}))
    target.send(asking(CONTRACT.by_id["list_skills"]))

    assert len(exported.left()) == files


def remembering(origins: list[str]) -> Callable[[Server], None]:
    """A server that remembers these message origins besides its own."""

    def put_into(server: Server) -> None:
        server.change_data("GET /api/v1/sessions/active-umos", lambda data: data | {"umos": [*data["umos"], *origins]})

    return put_into


@pytest.mark.slow
def test_a_run_reports_the_message_origins_that_it_leaves() -> None:
    """Those that name the run; the origins of others are not mentioned."""
    own = [f"{ORIGIN}conform-0a1b2c3d-{number}" for number in range(3)]
    fault = Fault("origins-stay", "SHAPE-BODY", "Message origins stay.", remembering([*own, f"{ORIGIN}of-others"]))
    with broken(SETTINGS, fault) as url:
        options = RunOptions(
            TargetOptions(url),
            SETTINGS.username,
            Secret(str(SETTINGS.password), "ASTRBOT_PASSWORD"),
            Selection(seed=1, requirements=frozenset({"ROUTE-UNKNOWN"})),
            run="0a1b2c3d",
        )
        report, errors = judge(options, lambda *_: None)

    assert (report.verdict, errors) == ("conformant", [])
    assert [note.startswith(f"left on the target: {KIND} (3): {own[0]}") for note in report.notes] == [True]
    assert "of-others" not in report.notes[0]

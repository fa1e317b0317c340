"""Records the facts of real AstrBots for the test of the reference server. Opt-in: `make test-live`."""

from pathlib import Path

import pytest

from tests.live.astrbot import running
from tests.live.model import speaking
from tests.live.tool_server import offering
from tests.twin.recording import RELEASES, record, recording_of, walked
from tests.twin.steps import SUCCESS

pytestmark = pytest.mark.live


@pytest.mark.parametrize("release", RELEASES)
def test_a_release_responds_as_recorded(release: str, tmp_path: Path) -> None:
    """A fresh server shows the recorded facts. The recording is written again, so that git shows what changed."""
    before = recording_of(release)
    with running(tmp_path, release) as astrbot, speaking() as model, offering() as tools:
        server = {"transport": "streamable_http", "url": tools}
        now = walked(release, astrbot.url, astrbot.username, astrbot.password, model=model.url, mcp_server=server)
    record(release, now)

    assert [step for step in now if step[1] == SUCCESS]
    assert now == before

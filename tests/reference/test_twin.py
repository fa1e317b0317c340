"""The reference server is the twin of the real one: its responses to the recorded steps of a release have its facts.

`tests/twin/recorded/` has the facts of real servers; `make test-live` records them. `tests/twin/differences.toml` lists
every difference with a reason. A new difference fails the test, and so does a listed one that is gone.
"""

import tomllib
from pathlib import Path

import pytest
from astrbot_reference import Settings, running
from astrbot_reference.catalogue import catalogue

from tests.twin.recording import RELEASES, differences, recording_of, walked

LISTED = tomllib.loads((Path(__file__).parents[1] / "twin" / "differences.toml").read_text("utf-8"))["difference"]
MCP_SERVER = {word: value for word, value in catalogue("mcp")["servers"][2].items() if word != "tools"}  # over HTTP
NO_MODEL = "http://127.0.0.1:9/v1"  # the reference server calls no model


@pytest.mark.parametrize("release", RELEASES)
def test_the_reference_server_differs_only_as_listed(release: str) -> None:
    """Each step has the status, the media type, the members and the types of the real server, except as listed."""
    settings = Settings(release=release, username="astrbot", password="correct horse", logins_at_once=1000)
    with running(settings) as url:
        replayed = walked(release, url, "astrbot", "correct horse", model=NO_MODEL, mcp_server=MCP_SERVER)

    found = differences(recording_of(release), replayed)

    listed = listed_in(release)
    assert sorted(found - listed) == [], "not listed; if the contract changed, record again"
    assert sorted(listed - found) == [], "gone: remove it from differences.toml"


def test_every_listed_difference_has_a_reason() -> None:
    """No reason is empty, and no difference is listed twice."""
    every = [(release, step, fact) for entry in LISTED for release in entry["releases"] for step, fact in pairs(entry)]

    assert all(entry["reason"] for entry in LISTED)
    assert len(every) == len(set(every))


def listed_in(release: str) -> set[tuple[str, str]]:
    """The listed differences of a release."""
    return {pair for entry in LISTED if release in entry["releases"] for pair in pairs(entry)}


def pairs(entry: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Each step of an entry with each of its facts."""
    return [(step, fact) for step in entry["steps"] for fact in entry["facts"]]

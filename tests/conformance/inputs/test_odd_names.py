"""Odd names are legal, begin as asked, and differ; paths that lead out are recognized by what a response shows."""

import json

import httpx2
import pytest
from astrbot_api.operations import BY_ID
from astrbot_conformance.http import HttpResponse, KeyHeader, harmless, usable_id
from astrbot_conformance.inputs.odd_names import EVERYTHING, LONGEST_NAME, NUMBER, ODDITIES, odd_names
from astrbot_conformance.inputs.paths_out import shows_the_file

BEGINNING = "conform-0a1b2c3d-odd-"
FILE = 'PRETTY_NAME="Some 1"\nNAME="Some"\nID=some\n'


@pytest.mark.parametrize("few", [True, False])
def test_each_name_is_usable(few: bool) -> None:  # noqa: FBT001  by pytest
    """No name is a path or too long, so that a run can remove what it created."""
    names = odd_names(BEGINNING, few=few)

    assert all(usable_id(name) == name and name.startswith(BEGINNING) for name in names.values())
    assert len(set(names.values())) == len(names)


def test_the_first_name_combines_all_oddities() -> None:
    """It has 200 characters and ends like the name of a file."""
    what, name = next(iter(odd_names(BEGINNING).items()))

    assert what == EVERYTHING
    assert len(name) == LONGEST_NAME
    assert name.endswith(NUMBER)
    assert all(text in name for text in ODDITIES.values())


@pytest.mark.parametrize(
    ("body", "status", "is_shown"),
    [
        (FILE, 200, True),
        (json.dumps({"data": {"content": FILE}}), 200, True),
        (FILE, 404, False),
        ("ID=1", 200, False),
        ('{"message": "etc/os-release not found"}', 200, False),
    ],
)
def test_the_file_outside_is_recognized(body: str, status: int, is_shown: bool) -> None:  # noqa: FBT001  by pytest
    """By at least two of its lines, raw or in JSON, in a response that is no error."""
    assert shows_the_file(_response(body, status)) is is_shown


def _response(body: str, status: int) -> HttpResponse:
    headers = httpx2.Headers({"content-type": "application/json" if body.startswith("{") else "text/plain"})
    return HttpResponse(
        base="http://127.0.0.1:9",
        request=harmless(BY_ID["get_skill_file"]),
        key=None,
        key_header=KeyHeader.BEARER,
        status=status,
        headers=dict(headers),
        body=body.encode(),
        seconds=0.0,
    )

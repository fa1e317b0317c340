"""Paths that lead out of a folder, and how a response shows that one of them worked."""

import json
import re
import stat
from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from astrbot_api.operations import BY_ID
from astrbot_conformance.http import harmless
from astrbot_conformance.inputs.paths_out import PATHS_OUT, encoded, hostile_archive, hostile_entries, shows_the_file

from tests.conformance.made import new, response_to

FILE = 'PRETTY_NAME="Some 1"\nNAME="Some"\nID=some\n'
REQUEST = harmless(BY_ID["get_skill_file"])


@pytest.mark.parametrize(
    ("body", "status", "is_shown"),
    [
        (FILE, 200, True),
        ("ID=1\nNAME=2", 399, True),
        (quote(FILE), 200, True),
        (json.dumps({"data": {"content": FILE}}), 200, True),
        (json.dumps({"data": [1, {"content": [FILE]}]}), 200, True),
        (json.dumps(FILE), 200, True),
        (json.dumps({"data": ["ID=1", "NAME=2"]}), 200, True),
        (FILE, 400, False),
        (FILE, 404, False),
        ("ID=1", 200, False),
        ("ID=1\nID=2", 200, False),
        ('{"message": "etc/os-release not found"}', 200, False),
    ],
)
def test_the_file_outside_is_recognized(body: str, status: int, is_shown: bool) -> None:  # noqa: FBT001  by pytest
    """By at least two of its lines, raw, percent-encoded or anywhere in JSON, in a response that is no error."""
    kind = "application/json" if body[0] in '{"' else "text/plain"

    assert shows_the_file(response_to(REQUEST, body.encode(), status, kind=kind)) is is_shown


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("`../` repeated", r"(\.\./){9}etc/os-release"),
        ("`..%2f` repeated", r"(\.\.%2f){9}etc%2fos-release"),
        ("`..\\` repeated", r"(\.\.\\){9}etc\\os-release"),
        ("`....//` repeated", r"(\.{4}//){9}etc/os-release"),
        ("`../` repeated, and a null byte", r"(\.\./){9}etc/os-release\x00\.txt"),
    ],
)
def test_a_path_leads_out_of_nine_folders(what: str, pattern: str) -> None:
    """More folders than a server has between its root and its data."""
    assert re.fullmatch(pattern, PATHS_OUT[what])


def test_the_dots_of_a_path_are_encoded() -> None:
    """A client or a proxy would resolve them before the server sees them."""
    assert encoded("../../etc/a..b") == "%2e%2e%2f%2e%2e%2fetc/a..b"


def test_a_hostile_archive_is_a_skill_with_hostile_entries() -> None:
    """All entries have the text, except for the link, which leads to the file of the other skill."""
    entries = {new(what): entry for what, entry in hostile_entries("mine", "other").items()}

    with ZipFile(BytesIO(hostile_archive("mine", "other", entries, "outside"))) as archive:
        skill, *members = archive.infolist()
        texts = {member.filename: archive.read(member).decode() for member in members}
        links = [member for member in members if member.external_attr >> 16 & 0o170000 == stat.S_IFLNK]
        assert "name: mine" in archive.read(skill).decode()

    (link,) = links
    assert texts == {entry: "../other/SKILL.md" if entry == link.filename else "outside" for entry in entries.values()}
    assert (link.filename, link.create_system) == ("mine/link.md", 3)
    assert link.external_attr == (0o120777 << 16)

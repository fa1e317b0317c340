"""Skills on the reference server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import httpx2
import pytest

from tests.reference.conftest import Client

NAME = "book-finder"
FILES = {
    "SKILL.md": b"---\nname: book-finder\ndescription: Finds books.\n---\nLook it up.\n",
    "scripts/look.txt": b"up",
    "cover.bin": b"\xff\xfe\x00",
}


def archive(files: Mapping[str, bytes], name: str = NAME) -> bytes:
    """A ZIP file with these files in one folder."""
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        for path, content in files.items():
            made.writestr(f"{name}/{path}" if name else path, content)
    return packed.getvalue()


def upload(client: Client, content: bytes, filename: str = f"{NAME}.zip") -> httpx2.Response:
    """The answer to the upload of one archive."""
    return client.post("skills", files={"file": (filename, content)})


@pytest.fixture
def skills(client: Client) -> Iterator[Client]:
    """A client that may manage skills; there is one, and afterwards none."""
    keyed = client.keyed("skill")
    upload(keyed, archive(FILES))
    yield keyed
    for name in listed(keyed):
        keyed.delete(f"skills/{name}")


def listed(skills: Client) -> dict[str, dict[str, Any]]:
    """Every skill, by name."""
    return {one["name"]: one for one in skills.get("skills").json()["data"]["skills"]}


def refused(answer: httpx2.Response) -> bool:
    """Whether the service turned the request down: 200 with the error envelope."""
    return answer.status_code == 200 and answer.json()["status"] == "error"


def test_a_skill_is_uploaded_listed_and_deleted(skills: Client) -> None:
    """It says what it is for; deleting it twice is no mistake."""
    assert listed(skills)[NAME] | {"description": "Finds books.", "active": True} == listed(skills)[NAME]
    assert refused(upload(skills, archive(FILES)))

    for _ in range(2):
        assert skills.delete(f"skills/{NAME}").json()["data"] == {"name": NAME}
    assert listed(skills) == {}

    assert upload(skills, archive(FILES)).json()["data"] == {"name": NAME}
    assert skills.delete("skills/by-name", params={"skill_name": NAME}).json()["status"] == "ok"
    assert listed(skills) == {}
    assert skills.delete("skills/by-name").status_code == 422


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"no archive", "new.zip"),
        (archive(FILES, "new"), "new.tar"),
        (archive(FILES, ""), "new.zip"),
        (archive({"README.md": b""}, "new"), "new.zip"),
        (archive({"SKILL.md": b"", "../../evil": b""}, "new"), "new.zip"),
        (archive(FILES, "a name"), "new.zip"),
        (archive({}), "new.zip"),
        (archive({"SKILL.md": b"x" * 99}, "new")[:-30], "new.zip"),
    ],
)
def test_an_archive_without_a_skill_is_refused(skills: Client, content: bytes, filename: str) -> None:
    """And nothing is kept of it."""
    assert refused(upload(skills, content, filename))
    assert list(listed(skills)) == [NAME]


def test_an_upload_needs_its_part(skills: Client) -> None:
    """A form without it, or JSON in place of a form, is refused by the service."""
    assert refused(skills.post("skills", files={"other": ("new.zip", b"")}))
    assert refused(skills.post("skills/batch", files={"other": ("new.zip", b"")}))
    assert refused(skills.post("skills", json=[]))
    assert refused(skills.post("skills/batch", json=[]))


def test_several_archives_are_reported_one_by_one(skills: Client) -> None:
    """One is taken, one is there already, one cannot be read."""
    sent = [("new.zip", archive(FILES, "new")), ("old.zip", archive(FILES)), ("bad.zip", b"")]

    answer = skills.post("skills/batch", files=[("files", one) for one in sent]).json()

    report = answer["data"]
    assert (answer["status"], report["total"]) == ("ok", 3)
    assert report["succeeded"] == [{"filename": "new.zip", "name": "new"}]
    assert [one["filename"] for one in report["skipped"]] == ["old.zip"]
    assert [one["filename"] for one in report["failed"]] == ["bad.zip"]
    assert list(listed(skills)) == [NAME, "new"]


def test_a_batch_of_which_nothing_can_be_read_is_refused(skills: Client) -> None:
    """The refusal alone carries a report."""
    answer = skills.post("skills/batch", files=[("files", ("bad.zip", b""))])

    assert refused(answer)
    assert [one["filename"] for one in answer.json()["data"]["failed"]] == ["bad.zip"]


@pytest.mark.parametrize(
    ("state", "active"),
    [({}, True), ({"enabled": False}, False), ({"active": False}, False), ({"enabled": True, "active": False}, True)],
)
def test_a_skill_is_switched(skills: Client, state: dict[str, bool], *, active: bool) -> None:
    """`enabled` wins over `active`; neither is on. Both ways alike."""
    for answer in (
        skills.patch(f"skills/{NAME}", json=state),
        skills.patch("skills/by-name", json={"skill_name": NAME} | state),
    ):
        assert answer.json()["data"] == {"name": NAME, "active": active}
        assert listed(skills)[NAME]["active"] is active


def test_switching_an_unknown_skill_makes_none(skills: Client) -> None:
    """It is answered as if there was one."""
    assert skills.patch("skills/none", json={}).json()["data"] == {"name": "none", "active": True}
    assert "none" not in listed(skills)
    assert skills.patch("skills/by-name", json={}).status_code == 422
    assert skills.patch(f"skills/{NAME}", json={"enabled": "x"}).status_code == 422


def test_a_skill_is_downloaded(skills: Client) -> None:
    """By either path, all its files in one folder; what was downloaded can be uploaded."""
    answer = skills.get(f"skills/{NAME}/archive")
    assert answer.headers["content-type"] == "application/zip"
    assert skills.get("skills/archive", params={"skill_name": NAME}).content == answer.content
    with ZipFile(BytesIO(answer.content)) as found:
        assert {path: found.read(path) for path in found.namelist()} == {f"{NAME}/{p}": c for p, c in FILES.items()}

    skills.delete(f"skills/{NAME}")
    assert upload(skills, answer.content).json()["status"] == "ok"


def test_an_unknown_skill_is_not_downloaded(skills: Client) -> None:
    """The envelope says so."""
    assert refused(skills.get("skills/none/archive"))
    assert refused(skills.get("skills/archive", params={"skill_name": "none"}))
    assert skills.get("skills/archive").status_code == 422


def test_folders_are_listed(skills: Client) -> None:
    """Folders first; only text can be edited."""
    top = skills.get(f"skills/{NAME}/files").json()["data"]
    assert [(one["path"], one["type"], one["editable"]) for one in top["entries"]] == [
        ("scripts", "directory", False),
        ("SKILL.md", "file", True),
        ("cover.bin", "file", False),
    ]
    below = skills.get("skills/files", params={"skill_name": NAME, "path": "scripts"}).json()["data"]
    look = {"name": "look.txt", "path": "scripts/look.txt", "type": "file", "size": 2, "editable": True}
    assert below == {"name": NAME, "path": "scripts", "entries": [look]}


@pytest.mark.parametrize("path", ["none", "SKILL.md", "..", "/"])
def test_what_is_no_folder_is_not_listed(skills: Client, path: str) -> None:
    """Neither a file, nor what lies outside."""
    assert refused(skills.get(f"skills/{NAME}/files", params={"path": path}))
    assert refused(skills.get("skills/files", params={"skill_name": "none"}))
    assert skills.get("skills/files").status_code == 422


def test_a_file_is_read_and_replaced(skills: Client) -> None:
    """By either path, in UTF-8; no body is an empty text."""
    where = f"skills/{NAME}/files/SKILL.md"
    assert skills.get(where).json()["data"]["content"] == FILES["SKILL.md"].decode()

    assert skills.put(where, content="Größe", headers={"Content-Type": "text/plain"}).json()["data"]["size"] == 7
    read = skills.get("skills/file", params={"skill_name": NAME, "path": "SKILL.md"}).json()["data"]
    assert (read["content"], read["size"], read["editable"]) == ("Größe", 7, True)

    assert (
        skills.put("skills/file", json={"skill_name": NAME, "path": "SKILL.md", "content": "x"}).json()["data"]["size"]
        == 1
    )
    assert skills.put("skills/file", json={"skill_name": NAME, "path": "SKILL.md"}).json()["data"]["size"] == 0
    assert skills.put(where).json()["data"] == {"name": NAME, "path": "SKILL.md", "size": 0}


@pytest.mark.parametrize("path", ["none.md", "scripts", "cover.bin", "%2e%2e%2fevil"])
def test_only_a_text_that_is_there_is_read_and_replaced(skills: Client, path: str) -> None:
    """Not an unknown file, a folder, another kind of file, or one outside."""
    assert refused(skills.get(f"skills/{NAME}/files/{path}"))
    assert refused(skills.put(f"skills/{NAME}/files/{path}", content="x", headers={"Content-Type": "text/plain"}))
    assert refused(skills.get("skills/file", params={"skill_name": NAME, "path": path}))
    assert refused(skills.put("skills/file", json={"skill_name": NAME, "path": path, "content": "x"}))
    assert refused(skills.get(f"skills/none/files/{path}"))


def test_a_text_in_another_encoding_is_refused(skills: Client) -> None:
    """Neither broken UTF-8 nor half a character."""
    where = f"skills/{NAME}/files/SKILL.md"
    assert refused(skills.put(where, content=b"\xff", headers={"Content-Type": "text/plain"}))
    half = b'{"skill_name": "book-finder", "path": "SKILL.md", "content": "\\ud800"}'
    assert refused(skills.put("skills/file", content=half, headers={"Content-Type": "application/json"}))
    assert skills.get("skills/file", params={"skill_name": NAME}).status_code == 422
    assert skills.put("skills/file", json={"skill_name": NAME}).status_code == 422


def test_only_skill_opens_skills(client: Client) -> None:
    """`plugin` does not."""
    assert client.keyed("plugin").get("skills").status_code == 403

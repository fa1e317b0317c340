"""Archives that would cost the server its time, its memory or its files are refused before they are unpacked."""

from __future__ import annotations

import hashlib
import stat
import struct
import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest
from astrbot_reference.packages import archives, plugin_archives, skill_archives
from astrbot_reference.packages.archives import BadArchive, unpack
from astrbot_reference.packages.plugin_archives import read_archive
from astrbot_reference.refusal import Refusal

METADATA = "name: lamp\nversion: 1.0.0\n"


def packed(*entries: tuple[str | ZipInfo, bytes], method: int = ZIP_DEFLATED) -> bytes:
    """An archive with these entries, also if one comes twice."""
    buffer = BytesIO()
    with warnings.catch_warnings(), ZipFile(buffer, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def plugin(**files: bytes) -> bytes:
    """A plugin with these files, by name with `__` for a dot."""
    named = {name.replace("__", "."): content for name, content in files.items()}
    contents = {"metadata.yaml": METADATA.encode(), "main.py": b""} | named
    return packed(*((f"lamp/{name}", content) for name, content in contents.items()))


def special(kind: int) -> bytes:
    """An archive with an entry that is no ordinary file."""
    entry = ZipInfo("lamp/link")
    entry.external_attr = (kind | 0o777) << 16
    return packed((entry, b"/etc/passwd"))


def encrypted() -> bytes:
    """An archive whose directory says that its file is encrypted."""
    content = bytearray(packed(("a", b"")))
    struct.pack_into("<H", content, content.index(archives.ENTRY) + 8, archives.ENCRYPTED)
    return bytes(content)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a directory of 3,000 entries": lambda: packed(*((f"{number}", b"") for number in range(3_000))),
    "a file of 9 MiB": lambda: packed(("a", bytes(9 * 1024**2))),
    "files of 40 MiB": lambda: packed(*((f"{number}", noise(5 * 1024**2)) for number in range(8)), method=0),
    "a ratio of 1,000": lambda: packed(("a", bytes(1024**2))),
    "bzip2": lambda: packed(("a", b"a"), method=ZIP_BZIP2),
    "LZMA": lambda: packed(("a", b"a"), method=ZIP_LZMA),
    "encrypted": encrypted,
    "a symbolic link": lambda: special(stat.S_IFLNK),
    "a device": lambda: special(stat.S_IFCHR),
    "a pipe": lambda: special(stat.S_IFIFO),
    "one path twice": lambda: packed(("a/b", b"1"), ("a/./b", b"2")),
    "a file as a folder": lambda: packed(("a", b"1"), ("a/b", b"2")),
    "a parent": lambda: packed(("a/../../b", b"")),
    "an absolute path": lambda: packed(("/etc/passwd", b"")),
    "a backslash": lambda: packed((r"a\..\b", b"")),
    "a drive": lambda: packed(("C:b", b"")),
    "a control character": lambda: packed(("a\x1b[2Jb", b"")),
    "a deep path": lambda: packed(("a/" * 40 + "b", b"")),
    "a long path": lambda: packed(("a" * 1_000, b"")),
    "half an archive": lambda: packed(("a", noise(1_000)))[:-200],
}


def noise(size: int) -> bytes:
    """Bytes that do not shrink."""
    return hashlib.shake_256(b"noise").digest(size)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_before_anything_is_unpacked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By both readers, each in its own way."""
    content = HOSTILE[name]()
    read: list[object] = []
    monkeypatch.setattr(ZipFile, "read", lambda _, entry: read.append(entry))

    with pytest.raises(BadArchive):
        unpack(content)
    with pytest.raises(BadArchive):
        read_archive(content)
    with pytest.raises(Refusal):
        skill_archives.unpacked("a.zip", content)

    assert read == []


def test_a_large_directory_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its entries are counted without `ZipFile`, which would take seconds for a full one."""
    content = packed(*((f"{number}", b"") for number in range(3_000)))
    monkeypatch.setattr(archives, "ZipFile", lambda *_: pytest.fail("the directory was read"))

    with pytest.raises(BadArchive, match="entries"):
        unpack(content)


def test_ordinary_archives_are_unpacked() -> None:
    """Folders, stored and packed files, a small file of any ratio."""
    content = packed(("a/", b""), ("a/b", b"x" * 60_000), ("a/c.txt", noise(200_000)))

    assert {str(path): len(file) for path, file in unpack(content).items()} == {"a/b": 60_000, "a/c.txt": 200_000}


def test_only_what_is_needed_is_unpacked() -> None:
    """The rest stays packed."""
    assert set(unpack(packed(("a", b"1"), ("b", b"2")), lambda path: path.name == "b")) == {PurePosixPath("b")}


UNPARSED: dict[str, Callable[[], bytes]] = {
    "a long main.py that registers routes": lambda: plugin(main__py=b"# register_web_api\n" + noise(400_000)),
    "a long metadata.yaml": lambda: plugin(metadata__yaml=METADATA.encode() + b"#" + noise(100_000)),
    "aliases in metadata.yaml": lambda: plugin(metadata__yaml=METADATA.encode() + b"a: &a [1]\nb: [*a, *a]\n"),
    "merged aliases in metadata.yaml": lambda: plugin(
        metadata__yaml=METADATA.encode() + b"a: &a {b: 1}\nc: {<<: *a}\n"
    ),
    "deep metadata.yaml": lambda: plugin(metadata__yaml=METADATA.encode() + b"a: " + b"[" * 20_000),
    "a long _conf_schema.json": lambda: plugin(_conf_schema__json=b"{}" + noise(400_000)),
    "a deep _conf_schema.json": lambda: plugin(_conf_schema__json=b"[" * 50_000),
    "a long README.md": lambda: plugin(README__md=noise(400_000)),
    "large pages": lambda: packed(
        ("lamp/metadata.yaml", METADATA.encode()),
        ("lamp/main.py", b""),
        ("lamp/pages/a/index.html", noise(3 * 1024**2)),
    ),
}


@pytest.mark.parametrize("name", UNPARSED)
def test_what_would_take_long_to_parse_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code is never parsed then."""
    content = UNPARSED[name]()
    monkeypatch.setattr(plugin_archives, "parse_code", lambda *_: pytest.fail("the code was parsed"))

    with pytest.raises(BadArchive):
        read_archive(content)


def test_long_code_that_registers_nothing_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing in it that this server shows."""
    monkeypatch.setattr(plugin_archives, "parse_code", lambda *_: pytest.fail("the code was parsed"))

    assert read_archive(plugin(main__py=noise(400_000))).routes == []


def test_a_large_skill_is_refused() -> None:
    """All of its files are kept, so all of them together have a limit."""
    content = packed(("s/SKILL.md", b"a"), *((f"s/{number}", noise(3 * 1024**2)) for number in range(3)))

    with pytest.raises(Refusal, match="8 MiB"):
        skill_archives.unpacked("s.zip", content)

"""Reads ZIP archives from clients. All limits are checked against the directory before anything is unpacked."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

MOST_ENTRIES = 2_000
MOST_BYTES = 32 * 1024 * 1024  # unpacked, of all files
LARGEST_FILE = 8 * 1024 * 1024  # unpacked
MOST_RATIO, SMALL_FILE = 100, 64 * 1024  # unpacked to packed size; a small file may have any ratio
LONGEST_PATH, DEEPEST_PATH = 512, 16  # characters, folders
ENTRY = b"PK\x01\x02"  # begins each entry of the directory
ENCRYPTED = 0x1
# Only these two stop unpacking at a given size: bz2 and LZMA expand a few bytes to any size in one step.
METHODS = (ZIP_STORED, ZIP_DEFLATED)
# RuntimeError: encrypted; NotImplementedError: an unknown method; ValueError: broken names.
UNREADABLE = (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error)


class BadArchive(Exception):
    """The archive is rejected. The message says why."""


def unpack(content: bytes, needed: Callable[[PurePosixPath], bool] = lambda _: True) -> dict[PurePosixPath, bytes]:
    """The files of an archive by path; only those that are `needed`.

    Raises BadArchive if it is not a ZIP archive, exceeds a limit, or contains a path outside the archive, an entry that
    is neither file nor folder, or a duplicate path.
    """
    if content.count(ENTRY) > MOST_ENTRIES:  # counted first: `ZipFile` reads the whole directory
        raise BadArchive(f"The archive has more than {MOST_ENTRIES} entries")
    try:
        with ZipFile(BytesIO(content)) as archive:
            files = _checked(archive.infolist())
            return {path: archive.read(entry) for path, entry in files.items() if needed(path)}
    except UNREADABLE as error:
        raise BadArchive(f"The archive cannot be read: {error}") from error


def _checked(entries: list[ZipInfo]) -> dict[PurePosixPath, ZipInfo]:
    """The entries that are files, by path. Raises BadArchive as `unpack` does."""
    files: dict[PurePosixPath, ZipInfo] = {}
    folders: set[PurePosixPath] = set()
    unpacked = 0
    for entry in entries:
        path = _path(entry)
        folders.update(path.parents)
        if entry.is_dir():
            folders.add(path)
            continue
        if path in files:
            raise BadArchive(f"{path} is in the archive twice")
        unpacked += entry.file_size
        _check_file(path, entry)
        files[path] = entry
    if unpacked > MOST_BYTES:
        raise BadArchive(f"The archive unpacks to more than {MOST_BYTES // 1024**2} MiB")
    if inside := next((path for path in files if path in folders), None):
        raise BadArchive(f"{inside} is both a file and a folder")
    return files


def _path(entry: ZipInfo) -> PurePosixPath:
    name = entry.orig_filename
    path = PurePosixPath(name)
    drive = ":" in name.partition("/")[0]
    if not name or not name.isprintable() or "\\" in name or drive or path.is_absolute() or ".." in path.parts:
        raise BadArchive("Invalid relative path")
    if len(name) > LONGEST_PATH or len(path.parts) > DEEPEST_PATH:
        raise BadArchive(f"A path has more than {LONGEST_PATH} characters or {DEEPEST_PATH} folders")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise BadArchive(f"{path} is neither a file nor a folder")
    return path


def _check_file(path: PurePosixPath, entry: ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED or entry.compress_type not in METHODS:
        raise BadArchive(f"{path} is encrypted or packed in an unknown way")
    if entry.file_size > LARGEST_FILE:
        raise BadArchive(f"{path} unpacks to more than {LARGEST_FILE // 1024**2} MiB")
    if entry.file_size > max(SMALL_FILE, MOST_RATIO * entry.compress_size):
        raise BadArchive(f"{path} unpacks to more than {MOST_RATIO} times its size")

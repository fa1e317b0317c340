"""Skills as ZIP archives: one folder with a `SKILL.md`. No code in them is run."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from astrbot_reference.refusal import Refusal

from .archives import BadArchive, unpack

MOST_KEPT = 8 * 1024 * 1024  # bytes of all files: every one is kept
BEGINNING = "SKILL.md"
NAME = re.compile(r"[\w-][\w.-]*", re.ASCII)  # it also stands in a header
DESCRIPTION = re.compile(r"^description:\s*(.*?)\s*$", re.MULTILINE)


def unpacked(filename: str, content: bytes) -> tuple[str, dict[str, bytes]]:
    """The name of the skill in an archive and its files, by path within it.

    Raises Refusal if it is not an archive, exceeds a limit, or does not hold exactly one skill.
    """
    if not filename.lower().endswith(".zip"):
        raise Refusal("A skill must be a .zip file")
    try:
        found = {str(path): stored for path, stored in unpack(content).items()}
    except BadArchive as error:
        raise Refusal(str(error)) from error
    if sum(map(len, found.values())) > MOST_KEPT:
        raise Refusal(f"The files have more than {MOST_KEPT // 1024**2} MiB")
    tops = {path.partition("/")[0] for path in found}
    if len(tops) != 1 or any("/" not in path for path in found):
        raise Refusal("The archive must contain exactly one folder")
    (name,) = tops
    files = {path.removeprefix(f"{name}/"): content for path, content in found.items()}
    if BEGINNING not in files:
        raise Refusal(f"The folder must contain {BEGINNING}")
    return usable_name(name), files


def packed(name: str, files: dict[str, bytes]) -> bytes:
    """An archive of a skill; equal files give equal bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path, content in sorted(files.items()):
            archive.writestr(ZipInfo(f"{name}/{path}"), content)
    return buffer.getvalue()


def usable_name(name: str) -> str:
    """The name, if a skill can have it. Raises Refusal otherwise."""
    if not NAME.fullmatch(name):
        raise Refusal("A skill name may contain letters, digits, dots and dashes only")
    return name


def description(files: dict[str, bytes]) -> str:
    """The description of a skill; empty if it has none."""
    found = DESCRIPTION.search(files[BEGINNING].decode(errors="replace"))
    return found[1].strip("\"'") if found else ""

"""A small skill that the run uploads."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePath

SKILL_FILE = "SKILL.md"


def skill_text(name: str, note: str) -> str:
    """The single file of a skill."""
    return f"---\nname: {name}\ndescription: {note}\n---\n"


def skill_archive(name: str, text: str, more_files: Mapping[str, str] | None = None) -> bytes:
    """A skill as a ZIP archive for upload: its files in a folder with its name. The bytes are the same at any time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file, content in {SKILL_FILE: text, **(more_files or {})}.items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{file}"), content)
    return packed.getvalue()


def unpacked(content: bytes) -> dict[str, str]:
    """The texts in an archive by file name; empty if the archive cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            texts = {member: archive.read(member).decode(errors="replace") for member in members}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error):
        return {}
    return {PurePath(member.filename).name: text.replace("\r\n", "\n") for member, text in texts.items()}

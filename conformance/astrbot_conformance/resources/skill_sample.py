"""A small skill that the run uploads."""

import io
import zipfile
from collections.abc import Mapping

SKILL_FILE = "SKILL.md"


def skill_text(name: str, note: str) -> str:
    """The file that a skill consists of."""
    return f"---\nname: {name}\ndescription: {note}\n---\n"


def skill_archive(name: str, text: str, beside: Mapping[str, str] | None = None) -> bytes:
    """A skill as it is uploaded: its files in a folder of its name, as ZIP, the same bytes at any time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file, content in {SKILL_FILE: text, **(beside or {})}.items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{file}"), content)
    return packed.getvalue()

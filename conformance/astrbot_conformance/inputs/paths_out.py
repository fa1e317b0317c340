"""Names and paths that lead out of the folder of a resource, and the file outside by which a check recognizes success.

The file is public on every Linux system and contains no secret. The paths occur only in requests that read, and in
archives whose entries lead only to another resource of the run.
"""

import re
import stat
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from astrbot_conformance.http import NOT_JSON, HttpResponse
from astrbot_conformance.resources.skill_sample import SKILL_FILE, skill_text

OUTSIDE = "etc/os-release"
LINE = re.compile(r"^(NAME|ID|PRETTY_NAME|VERSION_ID|ID_LIKE|HOME_URL)=", re.MULTILINE)
UP = 9  # folders
PATHS_OUT: Mapping[str, str] = {
    "`../` repeated": "../" * UP + OUTSIDE,
    "an absolute path": f"/{OUTSIDE}",
    "`..%2f` repeated": "..%2f" * UP + OUTSIDE.replace("/", "%2f"),
    "`..\\` repeated": "..\\" * UP + OUTSIDE.replace("/", "\\"),
    "`....//` repeated": "....//" * UP + OUTSIDE,
    "`../` repeated, and a null byte": "../" * UP + f"{OUTSIDE}\0.txt",
    "a file URL": f"file:///{OUTSIDE}",
}
FILE_PARAMETERS = frozenset(  # the parameters that AstrBot makes file names of
    "path file_path filename file_token asset_path page_name view_name config_key name plugin_path skill_name".split()
)


def shows_the_file(response: HttpResponse) -> bool:
    """Whether a response contains the file outside."""
    if response.status >= 400:
        return False
    found = {match[1] for text in _texts(response) for match in LINE.finditer(text)}
    return len(found) > 1


def encoded(path: str) -> str:
    """The path of a URL with its dots encoded, so that no client or proxy resolves them."""
    return path.replace("../", "%2e%2e%2f")


def _texts(response: HttpResponse) -> list[str]:
    body = response.body.decode(errors="replace")
    return [body, unquote(body), *([] if response.json is NOT_JSON else _strings(response.json))]


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]


LINK = "link.md"


def hostile_entries(name: str, other: str) -> Mapping[str, str]:
    """Names of entries, by what they are, in an archive of the skill `name`; they lead to the file of `other`."""
    return {
        "begins with `../`": f"../{other}/{SKILL_FILE}",
        "leads out of its folder": f"{name}/../{other}/{SKILL_FILE}",
        "has backslashes": f"{name}\\..\\..\\{other}\\{SKILL_FILE}",
        "leads out of a nested folder": f"{name}/a/b/../../../{other}/{SKILL_FILE}",
        "is a link": f"{name}/{LINK}",
    }


def hostile_archive(name: str, other: str, entries: Mapping[str, str], text: str) -> bytes:
    """An archive of the skill `name` with these entries beside its file. A link leads to the file of `other`."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}/{SKILL_FILE}"), skill_text(name, "made by a conformance run"))
        for what, entry in entries.items():
            member = zipfile.ZipInfo(entry)
            if what == "is a link":
                member.create_system, member.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            archive.writestr(member, f"../{other}/{SKILL_FILE}" if what == "is a link" else text)
    return packed.getvalue()

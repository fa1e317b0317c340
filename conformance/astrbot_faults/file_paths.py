"""Faults with names, paths and tokens that lead to a file outside. The files of the system are simulated."""

from __future__ import annotations

import posixpath
import stat
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from astrbot_api import releases
from astrbot_api.models import SkillUploadedAnswer, T2iTemplateAnswer
from astrbot_api.server import Form, Json, Raw, Upload
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.plugin_pages import PluginPages
from astrbot_reference.skills import Skills
from astrbot_reference.stores.skill_store import SkillStore
from astrbot_reference.t2i import T2i
from starlette.types import Scope

from .server import Fault, Server, fault

SYSTEM = {"etc/os-release": 'PRETTY_NAME="Simulated 1"\nNAME="Simulated"\nID=simulated\n'}
TOKENS, BY_NAME = "/api/v1/files/tokens/", "/api/v1/t2i/templates/"
Entries = list[tuple[ZipInfo, bytes]]


def _outside(path: str) -> str | None:
    """The file of the system that a path leads to, if it is taken as it is."""
    plain = posixpath.normpath("/folder/" + path.replace("\\", "/")) if not path.startswith("/") else path
    return SYSTEM.get(plain.lstrip("/"))


def _repacked(content: bytes, change: Callable[[Entries], Entries]) -> bytes:
    """The archive with other entries."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    except BadZipFile:
        return content
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for entry, stored in change(entries):
            archive.writestr(entry, stored)
    return buffer.getvalue()


def _write_outside(skills: SkillStore, separator: str, entries: Entries) -> Entries:
    """Write the entries that lead to another skill there, and return the others."""
    inside: Entries = []
    for entry, stored in entries:
        path = posixpath.normpath(entry.filename.replace(separator, "/"))
        name, _, file = path.removeprefix("../").partition("/")
        if ".." in entry.filename and skills.has(name):
            skills.write(name, file, stored.decode())
        else:
            inside.append((entry, stored))
    return inside


def _follow_links(skills: SkillStore, entries: Entries) -> Entries:
    """The entries with each link replaced by the file that it leads to."""
    followed: Entries = []
    for entry, stored in entries:
        if stat.S_ISLNK(entry.external_attr >> 16):
            _, name, file = stored.decode().split("/", 2)
            plain = ZipInfo(entry.filename)
            followed.append((plain, skills.read(name, file).encode() if skills.has(name) else stored))
        else:
            followed.append((entry, stored))
    return followed


def _unpack_carelessly(server: Server, change: Callable[[SkillStore, Entries], Entries], field: str) -> None:
    @server.override
    class Broken(Skills):
        async def upload_skill(self, *, caller: Caller, body: Form) -> Json[SkillUploadedAnswer]:
            return await super().upload_skill(caller=caller, body=_reread(body, field, partial(change, self._skills)))

        async def upload_skills(self, *, caller: Caller, body: Form) -> Any:
            return await super().upload_skills(caller=caller, body=_reread(body, field, partial(change, self._skills)))


def _reread(body: Form, field: str, change: Callable[[Entries], Entries]) -> Form:
    """The form with changed archives in one field."""
    reread = partial(_repacked, change=change)
    return Form(
        [
            (name, Upload(part.name, part.media_type, reread(part.content)))
            if isinstance(part, Upload) and name == field
            else (name, part)
            for name, part in body.parts
        ]
    )


@fault(breaks="FILE-PATHS")
def archives_write_beside_their_folder(server: Server) -> None:
    """An entry `../other/SKILL.md` in the archive of a skill changes the other skill."""
    _unpack_carelessly(server, lambda skills, entries: _write_outside(skills, "/", entries), "file")


@fault(breaks="FILE-PATHS")
def archives_of_several_skills_know_backslashes(server: Server) -> None:
    """If several archives are uploaded together, a backslash in the name of an entry is a slash."""
    _unpack_carelessly(server, lambda skills, entries: _write_outside(skills, "\\", entries), "files")


@fault(breaks="FILE-PATHS")
def links_in_archives_are_followed(server: Server) -> None:
    """A link in the archive of a skill shows the file that it leads to."""
    _unpack_carelessly(server, _follow_links, "file")


@fault(breaks="FILE-PATHS")
def template_names_are_paths(server: Server) -> None:
    """The name of a template with backslashes reads a file of the system."""
    _read_templates_carelessly(server)


def _read_templates_carelessly(server: Server) -> None:
    @server.override
    class Broken(T2i):
        async def get_t2i_template(self, *, caller: Caller, name: str) -> Json[T2iTemplateAnswer]:
            if text := _outside(name):
                return ok(T2iTemplateAnswer, {"name": name, "content": text})
            return await super().get_t2i_template(caller=caller, name=name)


@fault(breaks="FILE-PATHS")
def tokens_are_paths(server: Server) -> None:
    """The token of a public file reads a file of the system."""
    _read_templates_carelessly(server)

    def form(scope: Scope) -> Scope:
        token = scope["path"].removeprefix(TOKENS)
        if token == scope["path"] or not _outside(token):
            return scope
        name = token.replace("/", "\\")
        return {**scope, "path": BY_NAME + name, "raw_path": (BY_NAME + name).encode(), "trusted": True}

    server.forms = form


@fault(breaks="FILE-PATHS")
def assets_lead_out(server: Server) -> None:
    """A path of an asset reads a file outside of the plugin."""

    @server.override
    class Broken(PluginPages):
        async def get_plugin_page_asset(self, *, caller: Caller, asset_path: str, **others: Any) -> Raw:
            if text := _outside(asset_path):
                return Raw(text.encode(), "text/plain")
            return await super().get_plugin_page_asset(caller=caller, asset_path=asset_path, **others)


def _keep_folders(server: Server) -> None:
    def answer(status: int, body: Any) -> tuple[int, Any]:
        stored = body["data"] | {"filename": f"../../{body['data']['filename']}"}
        return status, body | {"data": stored}

    server.answers["POST /api/v1/file"] = answer


UPLOADS = (
    Fault(
        "uploads-keep-their-folders",
        "FILE-PATHS",
        "An uploaded file is stored under a name with the folders that the client sent.",
        _keep_folders,
        "upload_file",
        releases.NEWEST,
    ),
)

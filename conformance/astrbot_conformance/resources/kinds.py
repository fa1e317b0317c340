"""The kinds of things that keys make on an AstrBot, one family each."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from astrbot_api.operation import Operation
from astrbot_api.operations import BY_ID

from astrbot_conformance.http.request import NONE, HttpRequest, asking, with_file, with_text
from astrbot_conformance.resources.kind import Aside, ResourceKind
from astrbot_conformance.resources.plugin_sample import FILE_ITEM, TEXT_ITEM, plugin_archive

NOWHERE = "http://127.0.0.1:9/conform"  # the port where things are thrown away
NO_PLATFORM = NONE  # a bot of an unknown platform never runs, on or off
SKILL_FILE = "SKILL.md"
# What a change of a configuration has to name from 4.28.2 on; earlier releases keep it unread.
NAMED_IN_A_CHANGE = {"agent_runner": {"runner_type": "local", "config": {"misc": {"max_steps": 20}}}}


@dataclass(frozen=True, slots=True)
class Skills(ResourceKind):
    """Skills, which are uploaded as archives; their note stands in their file."""

    def making(self, name: str, note: str = "made by a conformance run") -> HttpRequest:
        """The upload of an archive with one file."""
        return with_file(asking(self.create), "file", f"{name}.zip", skill_archive(name, skill_text(name, note)))

    def showing(self, id: str) -> HttpRequest:
        """The request that shows the file."""
        return asking(BY_ID["get_skill_file"], path={"skill_name": id, "file_path": SKILL_FILE})

    def marking(self, operation: Operation, id: str, note: str) -> HttpRequest:
        """The request that replaces the file."""
        text = skill_text(id, note)
        if operation.alias_of:
            return self.changing(operation, id, {"path": SKILL_FILE, "content": text})
        return with_text(asking(operation, path={"skill_name": id, "file_path": SKILL_FILE}), text)


@dataclass(frozen=True, slots=True)
class Plugins(ResourceKind):
    """Plugins, which are uploaded as archives; their note stands in their configuration."""

    def naming(self, name: str) -> str:
        """The name as one of a Python module."""
        return name.replace("-", "_")

    def making(self, name: str, note: str = "made by a conformance run") -> HttpRequest:  # noqa: ARG002  none at first
        """The upload of an archive."""
        return with_file(asking(self.create), "file", f"{name}.zip", plugin_archive(name))


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


def mcp_servers(reached: Mapping[str, Any]) -> ResourceKind:
    """The MCP servers, of which one can be made that is reached so."""
    return ResourceKind(
        "MCP server",
        listing=BY_ID["list_mcp_servers"],
        create=BY_ID["create_mcp_server"],
        change=BY_ID["replace_mcp_server"],
        switch=BY_ID["set_mcp_server_enabled"],
        remove=BY_ID["delete_mcp_server"],
        content=lambda name, note: {"name": name, "active": False, **reached, "note": note},
        mark=lambda note: {"active": False, **reached, "note": note},
        called="name",
        id="name",
        named=("server_name",),
    )


def _ask(operation_id: str, /, **given: Any) -> HttpRequest:
    """A request to an operation: path values by name, and what is left as JSON."""
    operation = BY_ID[operation_id]
    path = {p.name: str(given.pop(p.name)) for p in operation.parameters if p.param_in == "path"}
    return asking(operation, path=path, json_body=given) if given else asking(operation, path=path)


def _provider_asides(source: str, mark: str) -> tuple[Aside, ...]:
    """Providers made under their source."""
    operations = ("create_provider_source_provider", "create_provider_source_provider_by_id")
    marks = [f"{mark}-{number}" for number, _ in enumerate(operations, 1)]
    return tuple(
        Aside(
            _ask(operation, id=mark, enable=False, source_id=source),
            mark,
            _ask("list_providers"),
            _ask("delete_provider", provider_id=mark),
        )
        for operation, mark in zip(operations, marks, strict=True)
    )


def _persona_asides(persona: str, mark: str) -> tuple[Aside, ...]:
    """The place of a persona among others, and its folder: a number and a name that nobody else would choose."""
    place = 10**8 + zlib.crc32(mark.encode()) % 10**8
    order = [{"id": persona, "type": "persona", "sort_order": place}]
    shown = _ask("get_persona", persona_id=persona)
    return (
        Aside(_ask("reorder_personas", items=order), str(place), shown),
        Aside(_ask("move_persona", persona_id=persona, folder_id=mark), mark, shown),
    )


def _profile_asides(profile: str, mark: str) -> tuple[Aside, ...]:
    """What stands in a profile, and for which session it is used."""
    umo = f"{mark}:FriendMessage:none"
    return (
        Aside(
            _ask("update_config_profile", config_id=profile, conform=mark, **NAMED_IN_A_CHANGE),
            mark,
            _ask("get_config_profile", config_id=profile),
        ),
        Aside(
            _ask("set_config_route", umo=umo, config_id=profile),
            umo,
            _ask("get_config_routes"),
            _ask("delete_config_route", umo=umo),
        ),
    )


def _skill_asides(_: str, mark: str) -> tuple[Aside, ...]:
    """A skill among several that are uploaded at once."""
    archive = skill_archive(mark, skill_text(mark, "made by a conformance run"))
    upload = with_file(_ask("upload_skills"), "files", f"{mark}.zip", archive)
    return (Aside(upload, mark, _ask("list_skills"), _ask("delete_skill", skill_name=mark)),)


def _plugin_asides(plugin: str, mark: str) -> tuple[Aside, ...]:
    """Files of a plugin, by either path."""
    item = {"plugin_id": plugin, "config_key": FILE_ITEM}
    listing = asking(BY_ID["list_plugin_config_files"], path=item)
    uploads = (
        (asking(BY_ID["upload_plugin_config_files"], path=item), "delete_plugin_config_file_by_id"),
        (asking(BY_ID["upload_plugin_config_files_by_id"], query=item), "delete_plugin_config_file"),
    )
    return tuple(
        Aside(with_file(upload, "picture", name, b"\x89PNG"), name, listing, _removal_of_file(plugin, name, removal))
        for upload, removal in uploads
        for name in [f"{mark}-{removal}.png"]
    )


def _removal_of_file(plugin: str, name: str, operation_id: str) -> HttpRequest:
    operation, which = BY_ID[operation_id], {"plugin_id": plugin}
    body = {"path": f"files/{FILE_ITEM}/{name}"}
    if operation.alias_of:
        return asking(operation, query=which, json_body=body)
    return asking(operation, path=which, json_body=body)


BOTS = ResourceKind(
    "bot",
    listing=BY_ID["list_bots"],
    create=BY_ID["create_bot"],
    show=BY_ID["get_bot"],
    change=BY_ID["replace_bot"],
    switch=BY_ID["set_bot_enabled"],
    remove=BY_ID["delete_bot"],
    content=lambda name, note: {"id": name, "type": NO_PLATFORM, "enabled": False, "note": note},
    idle=True,
    named=("id", "bot_id"),
)
PROJECTS = ResourceKind(
    "chat project",
    listing=BY_ID["list_chat_projects"],
    create=BY_ID["create_chat_project"],
    show=BY_ID["get_chat_project"],
    change=BY_ID["update_chat_project"],
    remove=BY_ID["delete_chat_project"],
    content=lambda name, note: {"title": name, "description": note},
    mark=lambda note: {"description": note},
    called="title",
    id="project_id",
    named=("project_id",),
)
SKILLS = Skills(
    "skill",
    listing=BY_ID["list_skills"],
    create=BY_ID["upload_skill"],
    change=BY_ID["replace_skill_file"],
    switch=BY_ID["set_skill_enabled"],
    to=False,
    remove=BY_ID["delete_skill"],
    content=lambda name, note: {name: note},
    called="name",
    id="name",
    named=("skill_name",),
    asides=_skill_asides,
)
FAMILIES: tuple[ResourceKind, ...] = (
    BOTS,
    ResourceKind(
        "provider source",
        listing=BY_ID["list_provider_sources"],
        create=BY_ID["create_provider_source"],
        show=BY_ID["get_provider_source"],
        change=BY_ID["replace_provider_source"],
        remove=BY_ID["delete_provider_source"],
        content=lambda name, note: {"id": name, "type": "openai_chat_completion", "enable": False, "note": note},
        named=("id", "source_id"),
        asides=_provider_asides,
    ),
    ResourceKind(
        "provider",
        listing=BY_ID["list_providers"],
        create=BY_ID["create_provider"],
        show=BY_ID["get_provider"],
        change=BY_ID["replace_provider"],
        switch=BY_ID["set_provider_enabled"],
        remove=BY_ID["delete_provider"],
        content=lambda name, note: {"id": name, "type": "openai_chat_completion", "enabled": False, "note": note},
        named=("id", "provider_id"),
    ),
    ResourceKind(
        "persona",
        listing=BY_ID["list_personas"],
        create=BY_ID["create_persona"],
        show=BY_ID["get_persona"],
        change=BY_ID["update_persona"],
        remove=BY_ID["delete_persona"],
        content=lambda name, note: {"persona_id": name, "system_prompt": note},
        mark=lambda note: {"system_prompt": note},
        called="persona_id",
        id="persona_id",
        named=("persona_id",),
        asides=_persona_asides,
    ),
    ResourceKind(
        "persona folder",
        listing=BY_ID["list_persona_folders"],
        create=BY_ID["create_persona_folder"],
        change=BY_ID["update_persona_folder"],
        remove=BY_ID["delete_persona_folder"],
        content=lambda name, note: {"name": name, "description": note},
        mark=lambda note: {"description": note},
        called="name",
        id="folder_id",
        named=("folder_id",),
    ),
    ResourceKind(
        "configuration profile",
        listing=BY_ID["list_config_profiles"],
        create=BY_ID["create_config_profile"],
        change=BY_ID["rename_config_profile"],
        remove=BY_ID["delete_config_profile"],
        content=lambda name, _: {"name": name},
        mark=lambda note: {"name": note},
        called="name",
        named=("id", "conf_id", "config_id"),
        asides=_profile_asides,
    ),
    PROJECTS,
    ResourceKind(
        "template",
        listing=BY_ID["list_t2i_templates"],
        create=BY_ID["create_t2i_template"],
        show=BY_ID["get_t2i_template"],
        change=BY_ID["replace_t2i_template"],
        remove=BY_ID["delete_t2i_template"],
        content=lambda name, note: {"name": name, "content": f"<p>{note}</p>"},
        called="name",
        id="name",
        named=("name",),
    ),
    ResourceKind(
        "plugin source",
        listing=BY_ID["list_plugin_sources"],
        create=BY_ID["create_plugin_source"],
        remove=BY_ID["delete_plugin_source"],
        content=lambda name, _: {"id": name, "name": name, "url": NOWHERE},
    ),
    SKILLS,
)
PLUGINS = Plugins(
    "plugin",
    listing=BY_ID["list_plugins"],
    create=BY_ID["install_plugin_from_upload"],
    show=BY_ID["get_plugin_config"],
    change=BY_ID["set_plugin_config"],
    switch=BY_ID["set_plugin_enabled"],
    to=False,
    remove=BY_ID["delete_plugin"],
    content=lambda name, note: {name: note},
    mark=lambda note: {"config": {TEXT_ITEM: note}},
    called="name",
    id="name",
    named=("plugin_id",),
    asides=_plugin_asides,
)

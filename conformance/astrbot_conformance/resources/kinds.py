"""The kinds of resources that keys create on an AstrBot."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from astrbot_api.operation import Operation
from astrbot_api.operations import BY_ID

from astrbot_conformance.http.request import NONE, HttpRequest, asking, with_file, with_text
from astrbot_conformance.http.target import Target
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.asides import (
    persona_asides,
    plugin_asides,
    profile_asides,
    provider_asides,
    skill_asides,
)
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.plugin_sample import TEXT_ITEM, plugin_archive
from astrbot_conformance.resources.skill_sample import SKILL_FILE, skill_archive, skill_text

NOWHERE = "http://127.0.0.1:9/conform"  # the discard port
NO_PLATFORM = NONE  # a bot of an unknown platform never runs, on or off


@dataclass(frozen=True, slots=True)
class Skills(ResourceKind):
    """Skills, which are uploaded as archives. Their note is in their file."""

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
    """Plugins, which are uploaded as archives. Their note is in their configuration."""

    def naming(self, name: str) -> str:
        """The name in the form of a Python module name."""
        return name.replace("-", "_")

    def making(self, name: str, note: str = "made by a conformance run") -> HttpRequest:  # noqa: ARG002  none at first
        """The upload of an archive."""
        return with_file(asking(self.create), "file", f"{name}.zip", plugin_archive(name))


def mcp_servers(reached: Mapping[str, Any]) -> ResourceKind:
    """The kind of MCP servers. `reached` is the configuration with which one can be created."""
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
    asides=skill_asides,
)
KINDS: tuple[ResourceKind, ...] = (
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
        asides=provider_asides,
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
        asides=persona_asides,
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
        asides=profile_asides,
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
    asides=plugin_asides,
)


def plugins_of(target: Target) -> ResourceKind:
    """The plugins. NotJudged unless the target is disposable: a plugin contains code."""
    if not target.options.disposable:
        raise NotJudged("a plugin is installed only with --effects destructive", by_choice=True)
    return PLUGINS

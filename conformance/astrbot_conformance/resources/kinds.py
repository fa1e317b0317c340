"""The kinds of resources that keys create on an AstrBot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.http import NONE, HttpRequest, Target, asking, with_file, with_text
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.asides import (
    persona_asides,
    plugin_asides,
    profile_asides,
    provider_asides,
    skill_asides,
)
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
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
        """The request that shows the file, or the list if there is none."""
        return (
            asking(self.show, path={"skill_name": id, "file_path": SKILL_FILE}) if self.show else asking(self.listing)
        )

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


DEFINITIONS: tuple[Callable[[Contract], ResourceKind], ...] = (
    partial(
        ResourceKind,
        noun="bot",
        operations="list_bots create_bot get_bot replace_bot set_bot_enabled delete_bot",
        content=lambda name, note: {"id": name, "type": NO_PLATFORM, "enabled": False, "note": note},
        idle=True,
        named=("id", "bot_id"),
    ),
    partial(
        ResourceKind,
        noun="provider source",
        operations="list_provider_sources create_provider_source get_provider_source replace_provider_source "
        "delete_provider_source",
        content=lambda name, note: {"id": name, "type": "openai_chat_completion", "enable": False, "note": note},
        named=("id", "source_id"),
        more=provider_asides,
    ),
    partial(
        ResourceKind,
        noun="provider",
        operations="list_providers create_provider get_provider replace_provider set_provider_enabled delete_provider",
        content=lambda name, note: {"id": name, "type": "openai_chat_completion", "enabled": False, "note": note},
        named=("id", "provider_id"),
    ),
    partial(
        ResourceKind,
        noun="persona",
        operations="list_personas create_persona get_persona update_persona delete_persona",
        content=lambda name, note: {"persona_id": name, "system_prompt": note},
        mark=lambda note: {"system_prompt": note},
        called="persona_id",
        id="persona_id",
        named=("persona_id",),
        more=persona_asides,
    ),
    partial(
        ResourceKind,
        noun="persona folder",
        operations="list_persona_folders create_persona_folder update_persona_folder delete_persona_folder",
        content=lambda name, note: {"name": name, "description": note},
        mark=lambda note: {"description": note},
        called="name",
        id="folder_id",
        named=("folder_id",),
    ),
    partial(
        ResourceKind,
        noun="configuration profile",
        operations="list_config_profiles create_config_profile rename_config_profile delete_config_profile",
        content=lambda name, _: {"name": name},
        mark=lambda note: {"name": note},
        called="name",
        named=("id", "conf_id", "config_id"),
        more=profile_asides,
    ),
    partial(
        ResourceKind,
        noun="chat project",
        operations="list_chat_projects create_chat_project get_chat_project update_chat_project delete_chat_project",
        content=lambda name, note: {"title": name, "description": note},
        mark=lambda note: {"description": note},
        called="title",
        id="project_id",
        named=("project_id",),
    ),
    partial(
        ResourceKind,
        noun="template",
        operations="list_t2i_templates create_t2i_template get_t2i_template replace_t2i_template delete_t2i_template",
        content=lambda name, note: {"name": name, "content": f"<p>{note}</p>"},
        called="name",
        id="name",
        named=("name",),
    ),
    partial(
        ResourceKind,
        noun="plugin source",
        operations="list_plugin_sources create_plugin_source delete_plugin_source",
        content=lambda name, _: {"id": name, "name": name, "url": NOWHERE},
    ),
    partial(
        Skills,
        noun="skill",
        operations="list_skills upload_skill get_skill_file replace_skill_file set_skill_enabled delete_skill",
        content=lambda name, note: {name: note},
        to=False,
        called="name",
        id="name",
        named=("skill_name",),
        more=skill_asides,
    ),
)


@cache
def kinds(contract: Contract) -> tuple[ResourceKind, ...]:
    """The kinds of resources that keys can list, create and remove in the release of the contract."""
    defined = (define(contract) for define in DEFINITIONS)
    return tuple(kind for kind in defined if kind.is_available)


def kind_of(noun: str, contract: Contract) -> ResourceKind:
    """The kind with that name. Raises NotJudged if the release does not have it."""
    for kind in kinds(contract):
        if kind.noun == noun:
            return kind
    raise NotJudged(f"AstrBot {contract.release} has no operations on a {noun}", by_choice=True)


def client_of(noun: str, target: Target, keys: KeyRing, cleanup: Cleanup) -> ResourceClient:
    """The kind with that name on a target, opened by a key with only the required scope."""
    kind = kind_of(noun, keys.contract)
    return ResourceClient(kind, target, keys.weakest(kind.scope), cleanup)


def mcp_servers(contract: Contract, reached: Mapping[str, Any]) -> ResourceKind:
    """The kind of MCP servers. `reached` is the configuration with which one can be created."""
    return ResourceKind(
        contract,
        "MCP server",
        "list_mcp_servers create_mcp_server replace_mcp_server set_mcp_server_enabled delete_mcp_server",
        content=lambda name, note: {"name": name, "active": False, **reached, "note": note},
        mark=lambda note: {"active": False, **reached, "note": note},
        called="name",
        id="name",
        named=("server_name",),
    )


def plugins_of(target: Target, contract: Contract) -> ResourceKind:
    """The kind of plugins. NotJudged unless the target is disposable: a plugin contains code."""
    if not target.options.disposable:
        raise NotJudged("a plugin is installed only with --effects destructive", by_choice=True)
    return Plugins(
        contract,
        "plugin",
        "list_plugins install_plugin_from_upload get_plugin_config set_plugin_config set_plugin_enabled delete_plugin",
        content=lambda name, note: {name: note},
        to=False,
        mark=lambda note: {"config": {TEXT_ITEM: note}},
        called="name",
        id="name",
        named=("plugin_id",),
        more=plugin_asides,
    )

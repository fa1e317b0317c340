"""Additional changes to a resource, such as a file of a plugin, beside changes to the resource itself."""

import zlib
from typing import Any

from astrbot_conformance.astrbot_operations import operation, request
from astrbot_conformance.http import HttpRequest, asking, with_file
from astrbot_conformance.resources.kind import Aside
from astrbot_conformance.resources.plugin_sample import FILE_ITEM
from astrbot_conformance.resources.skill_sample import skill_archive, skill_text

# Releases from 4.28.2 on require this in a change of a configuration; earlier ones store it without using it.
NAMED_IN_A_CHANGE = {"agent_runner": {"runner_type": "local", "config": {"misc": {"max_steps": 20}}}}


def _ask(operation_id: str, /, **given: Any) -> HttpRequest:
    """A request to an operation: path values by name, and the other values as JSON."""
    chosen = operation(operation_id)
    path = {p.name: str(given.pop(p.name)) for p in chosen.parameters if p.param_in == "path"}
    return asking(chosen, path=path, json_body=given or ...)


def provider_asides(source: str, mark: str) -> tuple[Aside, ...]:
    """Providers that are created under their source."""
    creations = ("create_provider_source_provider", "create_provider_source_provider_by_id")
    marks = [f"{mark}-{number}" for number, _ in enumerate(creations, 1)]
    return tuple(
        Aside(
            _ask(creation, id=mark, enable=False, source_id=source),
            mark,
            _ask("list_providers"),
            _ask("delete_provider", provider_id=mark),
        )
        for creation, mark in zip(creations, marks, strict=True)
    )


def persona_asides(persona: str, mark: str) -> tuple[Aside, ...]:
    """The position of a persona among others, and its folder: a number and a name that no user would choose."""
    position = 10**8 + zlib.crc32(mark.encode()) % 10**8
    order = [{"id": persona, "type": "persona", "sort_order": position}]
    shown = _ask("get_persona", persona_id=persona)
    return (
        Aside(_ask("reorder_personas", items=order), str(position), shown),
        Aside(_ask("move_persona", persona_id=persona, folder_id=mark), mark, shown),
    )


def profile_asides(profile: str, mark: str) -> tuple[Aside, ...]:
    """The content of a profile, and the session that uses it."""
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


def skill_asides(_: str, mark: str) -> tuple[Aside, ...]:
    """A skill in an upload of several skills."""
    archive = skill_archive(mark, skill_text(mark, "made by a conformance run"))
    upload = with_file(_ask("upload_skills"), "files", f"{mark}.zip", archive)
    return (Aside(upload, mark, _ask("list_skills"), _ask("delete_skill", skill_name=mark)),)


def plugin_asides(plugin: str, mark: str) -> tuple[Aside, ...]:
    """Files of a plugin, through either path."""
    item = {"plugin_id": plugin, "config_key": FILE_ITEM}
    listing = request("list_plugin_config_files", **item)
    uploads = (
        (request("upload_plugin_config_files", **item), "delete_plugin_config_file_by_id"),
        (request("upload_plugin_config_files_by_id", **item), "delete_plugin_config_file"),
    )
    return tuple(
        Aside(
            with_file(upload, "picture", name, b"\x89PNG"),
            name,
            listing,
            request(removal, plugin_id=plugin, body={"path": f"files/{FILE_ITEM}/{name}"}),
        )
        for upload, removal in uploads
        for name in [f"{mark}-{removal}.png"]
    )

"""UPDATE-EXACT: an accepted update changes what it names and nothing else, for every kind of value and every id."""

from typing import Any

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.contract import along
from astrbot_conformance.http import Target
from astrbot_conformance.inputs.values import FIRST, SECOND, TEXT
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.kinds import NO_PLATFORM, kind_of
from astrbot_conformance.scenarios.entries import Entries, in_tree, listed
from astrbot_conformance.scenarios.updates import Effect, Read, Updates
from astrbot_conformance.verdict.requirement import over, requirement

SOURCE, PROVIDER, FOLDER, PERSONA = "provider source", "provider", "persona folder", "persona"
OFF = {"type": "openai_chat_completion", "enable": False}


@requirement("UPDATE-EXACT")
@over(along("create_bot replace_bot replace_bot_by_id set_bot_enabled set_bot_enabled_by_id delete_bot list_bots"))
def test_update_bots(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Replace the configuration of a bot with values of every kind, switch it on and off, and remove it.

    Only the named members must change, and a second bot must stay the same.
    """
    kind, updates = _begin("bot", target, keys, cleanup)
    bot = updates.create(kind, f"{updates.mark}-one", **FIRST)
    updates.create(kind, f"{updates.mark}-two", **FIRST, enabled=True)
    updates.begin(Read("bot", request("list_bots"), listed("id", "bots")))

    replacement = request("replace_bot", bot_id=bot, body={**SECOND, "type": NO_PLATFORM, "enabled": False})
    fewer = Effect("bot", bot, SECOND, without=frozenset({"note"}))
    updates.step("a replacement without `note`", replacement, fewer)
    updates.step(
        "a switch",
        request("set_bot_enabled", bot_id=bot, body={"enabled": True}),
        Effect("bot", bot, {"enable": True}),
    )
    whole = {"type": NO_PLATFORM, "enable": False, "note": "third", **FIRST}
    replacement = request("replace_bot_by_id", body={"bot_id": bot, **whole})
    changed = Effect("bot", bot, {**FIRST, "enable": False, "note": "third"})
    updates.step("a replacement", replacement, changed, extra=True)
    for on in (True, False):
        switch = request("set_bot_enabled_by_id", body={"bot_id": bot, "enabled": on})
        updates.step("a switch", switch, Effect("bot", bot, {"enable": on}), extra=True)
    updates.remove(kind, bot)
    updates.end()


@requirement("UPDATE-EXACT")
@over(
    along(
        "create_provider_source replace_provider_source replace_provider_source_by_id create_provider replace_provider "
        "replace_provider_by_id set_provider_enabled set_provider_enabled_by_id get_provider_schema"
    )
)
def test_update_providers(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Replace and rename a source and its provider, with values of every kind, and remove them.

    Only the named members and ids must change. A second source and its provider must stay the same.
    """
    sources, updates = _begin(SOURCE, target, keys, cleanup)
    kind, mark, schema = kind_of(PROVIDER, keys.contract), updates.mark, request("get_provider_schema")
    source, other = (updates.create(sources, f"{mark}-{end}", **FIRST) for end in ("one", "two"))
    provider = updates.create(kind, f"{mark}-provider", provider_source_id=source, **FIRST)
    if updates.is_cheap:
        updates.create(kind, f"{mark}-other", provider_source_id=other, **FIRST)
    updates.begin(
        Read(SOURCE, schema, listed("id", "provider_sources")), Read(PROVIDER, schema, listed("id", "providers"))
    )
    new, moved = f"{source}-renamed", f"{provider}-renamed"

    body: dict[str, Any] = {**OFF, "note": "second", **SECOND}
    replacement = request("replace_provider_source_by_id", body={**body, "id": source, "source_id": source})
    updates.step("a replacement", replacement, Effect(SOURCE, source, body), extra=True)
    renaming = request("replace_provider_source", source_id=source, body={**body, "id": new})
    updates.rename(
        sources,
        source,
        new,
        renaming,
        Effect(SOURCE, new, body),
        Effect(PROVIDER, provider, {"provider_source_id": new}),
    )
    body |= {"provider_source_id": new}
    replacement = request("replace_provider", provider_id=provider, body={**body, "id": provider})
    updates.step("a replacement", replacement, Effect(PROVIDER, provider, body))
    renaming = request("replace_provider", provider_id=provider, body={**body, "id": moved})
    updates.rename(kind, provider, moved, renaming)
    _update_renamed_provider(updates, moved, new)
    updates.remove(kind, moved)
    updates.remove(sources, new)
    updates.end()


def _update_renamed_provider(updates: Updates, provider: str, source: str) -> None:
    """Use the second paths, and switch the provider off and, on a disposable target, on."""
    stored = {**OFF, "provider_source_id": source, **FIRST}
    replacement = request("replace_provider_by_id", body={**stored, "provider_id": provider, "id": provider})
    effect = Effect(PROVIDER, provider, stored, without=frozenset({"note"}))
    updates.step("a replacement without `note`", replacement, effect, extra=True)
    for on in (True, False) if updates.target.options.disposable else (False,):
        effect = Effect(PROVIDER, provider, {"enable": on})
        switch = request("set_provider_enabled", provider_id=provider, body={"enabled": on})
        updates.step("a switch", switch, effect, extra=True)
        switch = request("set_provider_enabled_by_id", body={"provider_id": provider, "enabled": on})
        updates.step("a switch", switch, effect, extra=True)


@requirement("UPDATE-EXACT")
@over(
    along(
        "create_persona create_persona_folder update_persona_folder update_persona update_persona_by_id move_persona "
        "reorder_personas get_persona_tree list_personas delete_persona delete_persona_folder"
    )
)
def test_update_personas(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Change every member of a folder inside a folder, and of a persona in it; move, reorder and remove them.

    Only the named members must change. A second folder and a second persona must stay the same.
    """
    folders, updates = _begin(FOLDER, target, keys, cleanup)
    kind, mark = kind_of(PERSONA, keys.contract), updates.mark
    parent = updates.create(folders, f"{mark}-parent")
    other = updates.create(folders, f"{mark}-two", parent_id=parent) if updates.is_cheap else parent
    folder = updates.create(folders, f"{mark}-one", parent_id=parent, sort_order=2)
    persona, second = (updates.create(kind, f"{mark}-{e}", folder_id=folder, **DESCRIBED) for e in ("one", "two"))
    updates.begin(Read(FOLDER, request("get_persona_tree"), in_tree), Read(PERSONA, request("list_personas"), personas))

    for members, extra in _folder_changes(mark, parent, other):
        change = request("update_persona_folder", folder_id=folder, body=members)
        updates.step(f"a change of {_names(members)}", change, Effect(FOLDER, folder, members), extra=extra)
    for number, (members, extra) in enumerate(PERSONA_CHANGES):
        by_path = request("update_persona", persona_id=persona, body=members)
        by_id = request("update_persona_by_id", body={**members, "persona_id": persona})
        change = by_id if number % 2 else by_path
        updates.step(f"a change of {_names(members)}", change, Effect(PERSONA, persona, members), extra=extra)
    _arrange(updates, persona, folder, other)
    updates.remove(kind, persona)
    updates.remove(folders, folder, Effect(PERSONA, second, {"folder_id": None}))
    updates.end()


DESCRIBED = {
    "sort_order": 3,
    "begin_dialogs": ["a question", "an answer"],
    "tools": ["conform-tool"],
    "skills": ["conform-skill"],
    "custom_error_message": "an error",
}
PERSONA_CHANGES: tuple[tuple[dict[str, Any], bool], ...] = (
    ({"system_prompt": TEXT}, False),
    ({"begin_dialogs": [TEXT, "another answer"], "custom_error_message": TEXT}, False),
    ({"tools": ["conform-other", TEXT]}, True),
    ({"skills": [TEXT]}, True),
    ({"begin_dialogs": []}, True),
    ({"tools": None}, True),
    ({"skills": None}, True),
    ({"custom_error_message": None}, True),
    ({}, True),
)


def _folder_changes(mark: str, parent: str, other: str) -> tuple[tuple[dict[str, Any], bool], ...]:
    """The members of each change, and whether it is made only if requests are cheap."""
    return (
        ({"name": f"{mark}-renamed {TEXT}"}, False),
        ({"description": TEXT}, False),
        ({"sort_order": 0}, True),
        ({"description": ""}, True),
        ({"parent_id": other, "sort_order": 7}, True),
        ({"name": f"{mark}-one"}, True),
        ({"parent_id": None}, True),
        ({"description": None}, True),
        ({"parent_id": parent}, True),
        ({}, True),
    )


def _arrange(updates: Updates, persona: str, folder: str, other: str) -> None:
    """Move the persona to another folder and back, and give both a position."""
    for place in (other, None, folder):
        move = request("move_persona", body={"persona_id": persona, "folder_id": place})
        updates.step("a move", move, Effect(PERSONA, persona, {"folder_id": place}), extra=True)
    order = [{"id": persona, "type": "persona", "sort_order": 0}, {"id": folder, "type": "folder", "sort_order": -3}]
    effects = Effect(PERSONA, persona, {"sort_order": 0}), Effect(FOLDER, folder, {"sort_order": -3})
    updates.step("a new order", request("reorder_personas", body={"items": order}), *effects, extra=True)


def personas(data: Any) -> Entries:
    """The personas in a list; null and an empty list of tools or skills mean the same."""
    return (
        (id, {**one, **{n: one.get(n) or None for n in ("tools", "skills")}}) for id, one in listed("persona_id")(data)
    )


def _names(members: dict[str, Any]) -> str:
    return " and ".join(f"`{name}`" for name in members) or "nothing"


def _begin(noun: str, target: Target, keys: KeyRing, cleanup: Cleanup) -> tuple[ResourceKind, Updates]:
    """The kind of the resources, and their updates with the weakest sufficient key."""
    kind = kind_of(noun, keys.contract)
    return kind, Updates(target, keys.weakest(kind.scope), cleanup, keys, kind.slug)

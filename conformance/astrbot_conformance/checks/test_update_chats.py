"""UPDATE-EXACT on chat sessions, chat projects, configuration profiles and templates."""

from typing import Any

from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.chat.sessions import new_session, user_of
from astrbot_conformance.contract import along
from astrbot_conformance.http import Target
from astrbot_conformance.inputs.values import FIRST, SECOND, TEXT
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.asides import NAMED_IN_A_CHANGE
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kinds import kind_of
from astrbot_conformance.scenarios.entries import listed, whole
from astrbot_conformance.scenarios.updates import Effect, Read, Updates
from astrbot_conformance.verdict.requirement import over, requirement

SESSION, PROJECT, MEMBER, PROFILE, TEMPLATE = "session", "chat project", "session in a project", "profile", "template"


@requirement("UPDATE-EXACT")
@over(along("create_chat_session update_chat_session list_chat_sessions delete_chat_session delete_chat_sessions"))
def test_update_sessions(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Rename a chat session, also to an empty title, and delete it; delete another one in a batch.

    Only the title must change, and another session must stay the same.
    """
    key = keys.own("update", Scope.CHAT)
    updates = Updates(target, key, cleanup, keys, SESSION)
    session, *others = (new_session(target, key) for _ in range(3 if updates.is_cheap else 2))
    updates.watch(session, *others)
    page = request("list_chat_sessions", username=user_of(key), page_size="100")
    updates.begin(Read(SESSION, page, listed("session_id", "sessions")))

    for title, extra in ((TEXT, False), ("", True), ("conform: a title", True)):
        change = request("update_chat_session", session_id=session, body={"display_name": title})
        updates.step("a new title", change, Effect(SESSION, session, {"display_name": title}), extra=extra)
    updates.step(
        "a change of nothing",
        request("update_chat_session", session_id=session, body={"display_name": None}),
        extra=True,
    )
    removal = request("delete_chat_session", session_id=session)
    updates.step("the removal of a session", removal, Effect(SESSION, session, is_gone=True), extra=True)
    removal = request("delete_chat_sessions", body={"session_ids": others[:1]})
    updates.step("the removal of a session", removal, Effect(SESSION, others[0], is_gone=True), extra=True)
    updates.end()


@requirement("UPDATE-EXACT")
@over(along("create_chat_project update_chat_project list_chat_projects add_session_to_project delete_chat_project"))
def test_update_projects(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Change the members of a chat project, add a session to it, move the session, and remove both.

    Only the named members must change, and a second project must stay the same.
    """
    kind, key = kind_of(PROJECT, keys.contract), keys.own("update_project", Scope.CHAT)
    updates = Updates(target, key, cleanup, keys, kind.slug)
    project, other = (updates.create(kind, f"{updates.mark}-{end}", emoji="\U0001f600") for end in ("one", "two"))
    reads = [Read(PROJECT, request("list_chat_projects"), listed("project_id"))]
    if updates.is_cheap:
        inside = request("list_project_sessions", project_id=project)
        reads.append(Read(MEMBER, inside, lambda data: ((id, {}) for id, _ in listed("session_id")(data))))
    updates.begin(*reads)

    changes: tuple[tuple[dict[str, Any], bool], ...] = (
        ({"description": TEXT}, False),
        ({"title": f"{updates.mark}-renamed {TEXT}"}, False),
        ({"emoji": "\U0001f9ea"}, True),
        ({"description": ""}, True),
        ({"title": f"{updates.mark}-one", "description": "both"}, True),
        ({}, True),
    )
    for members, extra in changes:
        change = request("update_chat_project", project_id=project, body=members)
        updates.step("a change", change, Effect(PROJECT, project, members), extra=extra)
    nothing = dict.fromkeys(("title", "emoji", "description"))
    updates.step("a change of nothing", request("update_chat_project", project_id=project, body=nothing), extra=True)
    _move_session(updates, project, other)
    updates.remove(kind, other)
    updates.end()


def _move_session(updates: Updates, project: str, other: str) -> None:
    """Add a session to a project, move it to another one and back, and take it out."""
    if not updates.is_cheap:
        return
    session = new_session(updates.target, updates.key)
    updates.watch(session)
    for place, effect in (
        (project, Effect(MEMBER, session, is_new=True)),
        (other, Effect(MEMBER, session, is_gone=True)),
        (project, Effect(MEMBER, session, is_new=True)),
    ):
        added = request("add_session_to_project", project_id=place, session_id=session)
        updates.step("the addition of a session", added, effect)
    out = request("remove_session_from_project", session_id=session)
    updates.step("the removal of a session from its project", out, Effect(MEMBER, session, is_gone=True))


@requirement("UPDATE-EXACT")
@over(along("create_t2i_template replace_t2i_template get_t2i_template list_t2i_templates delete_t2i_template"))
def test_update_templates(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Replace the text of a template, also with an empty one, and remove it.

    Only its text must change, and a second template must stay the same.
    """
    kind = kind_of(TEMPLATE, keys.contract)
    updates = Updates(target, keys.weakest(kind.scope), cleanup, keys, kind.slug)
    names = [updates.create(kind, f"{updates.mark}-{end}") for end in ("one", "two")[: 2 if updates.is_cheap else 1]]
    shown = [Read("text", request("get_t2i_template", name=name), whole(name)) for name in names]
    updates.begin(
        *shown, *([Read(TEMPLATE, request("list_t2i_templates"), listed("name"))] if updates.is_cheap else [])
    )

    for text, extra in ((PLAIN_TEXT, False), ("", True), ("0", True)):
        change = request("replace_t2i_template", name=names[0], body={"content": text})
        updates.step("a new text", change, Effect("text", names[0], {"content": text}), extra=extra)
    if updates.is_cheap:
        updates.begin(*updates.reads[1:])
    updates.remove(kind, names[0])
    updates.end()


PLAIN_TEXT = TEXT.translate(dict.fromkeys(map(ord, "{}%")))
"""A text without the marks of a template."""


# Measured on 4.26.0b8 and 4.29.1: the server adds the other settings of the agent, and stores those of the dashboard
# for the whole installation.
COMPLETED = frozenset({"agent_runner", "dashboard"})


@requirement("UPDATE-EXACT")
@over(
    along(
        "create_config_profile rename_config_profile update_config_profile get_config_profile list_config_profiles "
        "set_config_route get_config_routes delete_config_route delete_config_profile"
    )
)
def test_update_profiles(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Rename a configuration profile, store values of every kind in it, and select it for sessions; remove it.

    Only the named members must change. A second profile and another route must stay the same.
    """
    if not target.options.is_cheap:
        raise NotJudged("profiles: judged only on a fast server, or with --effects destructive", by_choice=True)
    kind = kind_of("configuration profile", keys.contract)
    updates = Updates(target, keys.weakest(kind.scope), cleanup, keys, kind.slug)
    profile, other = (updates.create(kind, f"{updates.mark}-{end}") for end in ("one", "two"))
    shown = [
        Read("configuration", request("get_config_profile", config_id=id), _config(id), COMPLETED)
        for id in (profile, other)
    ]
    updates.begin(
        Read(kind.noun, request("list_config_profiles"), listed("id", "info_list")),
        Read("route", request("get_config_routes"), _routes),
        *shown,
    )

    for members, name in ((FIRST, f"{updates.mark} {TEXT}"), (SECOND, f"{updates.mark}-one")):
        change = request("update_config_profile", config_id=profile, body={**members, **NAMED_IN_A_CHANGE})
        updates.step("a change of the configuration", change, Effect("configuration", profile, members))
        change = request("rename_config_profile", config_id=profile, body={"name": name})
        updates.step("a new name", change, Effect(kind.noun, profile, {"name": name}))
    updates.step("a change of nothing", request("rename_config_profile", config_id=profile, body={"name": None}))
    _change_routes(updates, profile, other)
    updates.begin(*(read for read in updates.reads if read is not shown[0]))
    updates.remove(kind, profile)
    updates.end()


def _change_routes(updates: Updates, profile: str, other: str) -> None:
    """Select profiles for two sessions, and remove both routes."""
    routes = [f"{updates.mark}:FriendMessage:{end}" for end in ("one", "two")]
    for umo in routes:
        updates.cleanup.owns(request("delete_config_route", umo=umo), updates.key)
    for umo, id in ((routes[0], profile), (routes[1], other), (routes[0], other)):
        choice = request("set_config_route", umo=umo, body={"config_id": id})
        updates.step("a route", choice, Effect("route", umo, {"config_id": id}, is_new=True))
    for umo in routes:
        removal = request("delete_config_route", umo=umo)
        updates.step("the removal of a route", removal, Effect("route", umo, is_gone=True))
        updates.cleanup.gone(removal)


def _config(id: str) -> Any:
    """Takes the configuration in the data as the resource with that id."""
    return lambda data: (
        [(id, data["config"])] if isinstance(data, dict) and isinstance(data.get("config"), dict) else []
    )


def _routes(data: Any) -> Any:
    """The routes, each with the session as its id."""
    routing = data.get("routing") if isinstance(data, dict) else None
    return [(umo, {"config_id": id}) for umo, id in routing.items()] if isinstance(routing, dict) else []

"""UPDATE-EXACT on groups and rules of sessions, which later releases open to keys."""

from typing import Any

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.contract import along
from astrbot_conformance.http import Target
from astrbot_conformance.inputs.values import TEXT
from astrbot_conformance.json_value import as_object, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.scenarios.entries import Entries, listed
from astrbot_conformance.scenarios.updates import Effect, Read, Updates
from astrbot_conformance.verdict.requirement import over, requirement

GROUP, RULES, SERVICES, PROVIDERS = "group of sessions", "rules of a session", "session_service_config", "kb_config"
SLOW = "judged only on a fast server, or with --effects destructive"


@requirement("UPDATE-EXACT")
@over(along("create_session_group update_session_group list_session_groups delete_session_group"))
def test_update_session_groups(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Rename a group of sessions, add sessions to it and remove some, and delete it.

    Only the named members must change, and a second group must stay the same.
    """
    updates = _begin(target, keys, cleanup, "group")
    umos = [f"{updates.mark}:FriendMessage:{end}" for end in ("one", "two", "three")]
    group, _ = (_created(updates, end, umos[:2]) for end in ("one", "two"))
    updates.begin(Read(GROUP, request("list_session_groups"), _groups))

    changes: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
        ({"name": f"{updates.mark} {TEXT}"}, {"name": f"{updates.mark} {TEXT}"}),
        ({"add_umos": umos[2:]}, {"umos": sorted(umos)}),
        ({"remove_umos": umos[:1]}, {"umos": sorted(umos[1:])}),
        ({"umos": umos[:1], "name": f"{updates.mark}-one"}, {"umos": umos[:1], "name": f"{updates.mark}-one"}),
        ({"umos": []}, {"umos": []}),
        ({}, {}),
    )
    for body, members in changes:
        change = request("update_session_group", group_id=group, body=body)
        updates.step("a change", change, Effect(GROUP, group, members))
    removal = request("delete_session_group", group_id=group)
    updates.step("the removal of a group", removal, Effect(GROUP, group, is_gone=True))
    updates.cleanup.gone(removal)
    updates.end()


def _created(updates: Updates, end: str, umos: list[str]) -> str:
    """The id of a new group."""
    body = {"name": f"{updates.mark}-{end}", "umos": umos}
    response = updates.target.send(request("create_session_group", body=body), updates.key)
    group = part(response.data, "group", "id")
    if not response.is_accepted or not isinstance(group, str):
        raise NotJudged(f"{response.request.operation}: creates no group: {response.in_short}")
    updates.cleanup.owns(request("delete_session_group", group_id=group), updates.key)
    updates.watch(group)
    return group


def _groups(data: Any) -> Entries:
    """The groups in a list, without the number of their sessions."""
    for id, group in listed("id", "groups")(data):
        yield id, {"name": group.get("name"), "umos": sorted(map(str, group.get("umos") or []))}


@requirement("UPDATE-EXACT")
@over(along("set_session_rule set_session_service list_session_rules delete_session_rules"))
def test_update_session_rules(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Set two rules of a session, switch one service, replace a rule, and delete the rules one after the other.

    Only the named rule or switch must change, and the rules of a second session must stay the same.
    """
    updates = _begin(target, keys, cleanup, "rules")
    one, two = (f"{updates.mark}:FriendMessage:{end}" for end in ("one", "two"))
    services = {"session_enabled": False, "llm_enabled": True, "tts_enabled": False}
    for umo in (one, two):
        updates.cleanup.owns(request("delete_session_rules", body={"umo": umo}), updates.key)
        updates.created(None, _rule(umo, SERVICES, services))
    updates.begin(Read(RULES, request("list_session_rules", search=updates.mark, page_size="100"), _rules))

    knowledge: dict[str, Any] = {"kb_ids": [], "top_k": 0, "enable_rerank": False}
    updates.step("a rule", _rule(one, PROVIDERS, knowledge), Effect(RULES, one, {PROVIDERS: knowledge}))
    switch = request("set_session_service", body={"umos": [one], "tts_enabled": True})
    updates.step("a switch", switch, Effect(RULES, one, {SERVICES: services | {"tts_enabled": True}}))
    changed = knowledge | {"top_k": 7, "kb_ids": ["conform-kb"]}
    updates.step("a rule", _rule(one, PROVIDERS, changed), Effect(RULES, one, {PROVIDERS: changed}))
    removal = request("delete_session_rules", body={"umo": one, "rule_key": PROVIDERS})
    updates.step("the removal of a rule", removal, Effect(RULES, one, without=frozenset({PROVIDERS})))
    removal = request("delete_session_rules", body={"umo": one})
    updates.step("the removal of all rules", removal, Effect(RULES, one, is_gone=True))
    updates.end()


def _rule(umo: str, name: str, value: Any) -> Any:
    return request("set_session_rule", body={"umo": umo, "rule_key": name, "rule_value": value})


def _rules(data: Any) -> Entries:
    """The rules of each session in a page."""
    return ((umo, as_object(one.get("rules"))) for umo, one in listed("umo", "rules")(data))


def _begin(target: Target, keys: KeyRing, cleanup: Cleanup, subject: str) -> Updates:
    if not target.options.is_cheap:
        raise NotJudged(f"{subject}: {SLOW}", by_choice=True)
    scope = keys.contract.by_id["create_session_group"].scope
    return Updates(target, keys.weakest(scope), cleanup, keys, subject)

"""SCOPE-NO-EFFECT on settings that exist once for the whole installation.

To prove that a rejected change would have had an effect, the run has to make that change. So the checks use only a
disposable target, with no other requests at the same time, and restore every setting.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from astrbot_conformance.astrbot_operations import operation, request
from astrbot_conformance.contract import along
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import fail_for_effect
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kinds import NOWHERE, client_of
from astrbot_conformance.verdict.requirement import by_itself, for_each, over, requirement

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that is written as a whole.

    show, change: the ids of the operations. body: writes the values that were read, with a mark if one is given.
    """

    noun: str
    show: str
    change: str
    body: Callable[[Data, str | None], Data]

    @property
    def scope(self) -> str | None:
        """The scope that opens the change."""
        return operation(self.change).scope


def _routing(shown: Data, mark: str | None) -> Data:
    return {"routing": {**shown["routing"], **({f"{mark}:FriendMessage:none": "default"} if mark else {})}}


def _sources(shown: Data, mark: str | None) -> Data:
    return {"sources": [*shown["sources"], *([{"id": mark, "name": mark, "url": NOWHERE}] if mark else [])]}


def _agents(shown: Data, mark: str | None) -> Data:
    return {**shown, "agents": [*shown["agents"], *([{"name": mark, "enabled": False}] if mark else [])]}


def _configuration(shown: Data, mark: str | None) -> Data:
    return {**shown["config"], **({"conform": mark} if mark else {})}


def _template(shown: Data, mark: str | None) -> Data:
    return {"name": mark or shown["active_template"]}


SETTINGS = (
    Setting("routes", "get_config_routes", "replace_config_routes", _routing),
    Setting("plugin sources", "list_plugin_sources", "replace_plugin_sources", _sources),
    Setting("subagents", "get_subagent_config", "replace_subagent_config", _agents),
    Setting("configuration", "get_system_config", "update_system_config", _configuration),
    Setting("active template", "get_active_t2i_template", "set_active_t2i_template", _template),
)


@requirement("SCOPE-NO-EFFECT")
@for_each("setting", SETTINGS, called=lambda setting: setting.noun)
@over(along(" ".join(setting.change for setting in SETTINGS)))
@by_itself
def test_scope_no_effect_on_settings(setting: Setting, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Try to change a setting of the whole installation with an insufficient and an unknown key.

    The setting must stay the same. The control: a key with the required scope changes it. The run then restores it.
    """
    if not target.options.disposable:
        reason = "a setting of the whole installation is changed only with --effects destructive"
        raise NotJudged(reason, by_choice=True)
    key, mark = keys.weakest(setting.scope), f"{keys.name}setting"
    restoration, change = _changes(setting, mark, _shown(setting, target, key))
    with client_of("template", target, keys, cleanup).temporary(mark):
        cleanup.owns(restoration, key)
        try:
            _expect_not_set(setting, change, mark, target, keys)
        finally:
            if target.send(restoration, key).is_accepted:
                cleanup.gone(restoration)


def _expect_not_set(setting: Setting, change: HttpRequest, mark: str, target: Target, keys: KeyRing) -> None:
    key = keys.weakest(setting.scope)
    for outsider in (keys.strongest_without(setting.scope), keys.unknown()):
        response = target.send(change, outsider)
        if response.admits:
            return  # the passive check of authorization reports it
        if mark.encode() in _shown(setting, target, key).body:
            fail_for_effect(response, f"the {setting.noun} changed")
    response = target.send(change, key)
    if mark.encode() not in _shown(setting, target, key).body:
        raise NotJudged(f"{change.operation}: has no effect even with the required scope: {response.in_short}")


def _changes(setting: Setting, mark: str, shown: HttpResponse) -> list[HttpRequest]:
    """The request that writes the values that were read, and the request that adds a mark to them."""
    try:
        return [request(setting.change, body=setting.body(shown.data, addition)) for addition in (None, mark)]
    except (LookupError, TypeError):
        raise NotJudged(f"{shown.request.operation}: returns no settings to write back: {shown.in_short}") from None


def _shown(setting: Setting, target: Target, key: Key) -> HttpResponse:
    response = target.send(request(setting.show), key)
    if not response.is_accepted:
        raise NotJudged(f"{response.request.operation}: a key with the required scope got {response.in_short}")
    return response

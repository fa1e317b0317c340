"""JOURNEY-PLUGIN: installations from no address, and a plugin that is disabled, configured and reloaded."""

from collections.abc import Sequence

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.contract import along
from astrbot_conformance.http import NONE, Target, asking
from astrbot_conformance.json_value import items, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kinds import plugins_of
from astrbot_conformance.resources.plugin_sample import TEXT_ITEM
from astrbot_conformance.scenarios.journey import Journey
from astrbot_conformance.verdict.finding import expect_refused
from astrbot_conformance.verdict.requirement import by_itself, over, requirement

# No server can install anything from these texts: they have a blank, and name no host.
NO_ADDRESS = (f"{NONE} is no address", " ", f"conform: {NONE} ?")


def installing(contract: Contract) -> Sequence[Operation]:
    """The operations that install a plugin from an address."""
    ids = ("install_plugin_from_github", "install_plugin_from_url", "install_plugin_from_git")
    return [contract.by_id[id] for id in ids if id in contract.by_id and contract.by_id[id].scope]


@requirement("JOURNEY-PLUGIN")
@over(installing)
def test_journey_plugin_from_no_address(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Try to install a plugin from text that is not an address, and expect that it is rejected."""
    key = keys.weakest(operation.scope)
    for text in NO_ADDRESS if target.options.is_cheap else NO_ADDRESS[:1]:
        response = target.send(asking(operation, json_body={"url": text, "repository": text}), key)
        expect_refused(response, f"an installation from `{text}`")


@requirement("JOURNEY-PLUGIN")
@over(along("set_plugin_enabled set_plugin_config reload_plugin reload_plugin_by_id list_plugins get_plugin_config"))
@by_itself
def test_journey_plugin_in_every_state(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Disable a plugin of the run, reload and configure it, enable it, and reload it again.

    After each step, the list must show the state that was requested last. The configuration must stay.
    """
    kind, key = plugins_of(target, keys.contract), keys.holding(Scope.PLUGIN)
    journey = Journey(target, key, cleanup)
    with ResourceClient(kind, target, key, cleanup).temporary(f"{keys.name}states") as plugin:
        for text in ("first", "second"):
            _switch(journey, plugin, on=False)
            journey.go("reload_plugin", plugin_id=plugin)
            _expect_state(journey, plugin, on=False)
            journey.go("set_plugin_config", plugin_id=plugin, body={"config": {TEXT_ITEM: text}})
            _expect_state(journey, plugin, on=False)
            journey.go("reload_plugin_by_id", body={"plugin_id": plugin})
            _switch(journey, plugin, on=True)
            shown = journey.go("get_plugin_config", plugin_id=plugin)
            journey.shows("the stored configuration", part(shown, "config", TEXT_ITEM) == text)
            journey.go("reload_plugin", plugin_id=plugin)
            _expect_state(journey, plugin, on=True)


def _switch(journey: Journey, plugin: str, *, on: bool) -> None:
    journey.send(request("set_plugin_enabled", plugin_id=plugin, body={"enabled": on}))
    _expect_state(journey, plugin, on=on)


def _expect_state(journey: Journey, plugin: str, *, on: bool) -> None:
    """The list must show the plugin once, in that state."""
    shown = [one.get("activated") for one in items(journey.go("list_plugins")) if one.get("name") == plugin]
    journey.shows(f"the plugin once, with `activated` {'true' if on else 'false'}", shown == [on])

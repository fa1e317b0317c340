"""CONFIG-*: which changes of a configuration a key may make. Only profiles that the run created are changed."""

from dataclasses import dataclass
from typing import Any

from astrbot_api.operation import Operation
from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.contract import needing
from astrbot_conformance.http import UNKNOWN_ID, HttpResponse, Key, Target
from astrbot_conformance.json_value import part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kinds import client_of
from astrbot_conformance.verdict.finding import expect_accepted, expect_refused, fail
from astrbot_conformance.verdict.requirement import over, requirement

EDIT_ADMIN = "config:edit_admin"
ADMINS = "admins_id"


@requirement("CONFIG-ADMIN")
@over(needing(EDIT_ADMIN))
def test_config_admin(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Add an unknown name to the list of administrators in a profile of the run, with and without the sub-scope.

    Without it, expect a rejection without an effect; with it, expect success. The control: without the sub-scope, the
    unchanged list is accepted.
    """
    plain, entitled = keys.holding(Scope.CONFIG), keys.holding(Scope.CONFIG, EDIT_ADMIN)
    name = f"{keys.name}{operation.id.replace('_', '-')}"
    profiles = client_of("configuration profile", target, keys, cleanup)
    profile = profiles.create(name, "")
    before = _configuration(target, plain, profile)
    write = _Write(operation, profile, f"{name}-by-a-body", profiles)

    same = write.of(before, plain)
    if not same.is_accepted:
        raise NotJudged(f"{operation}: an unchanged configuration is not accepted: {same.in_short}")
    other = before | {ADMINS: [*before[ADMINS], UNKNOWN_ID]}
    refused = write.of(other, plain)
    expect_refused(refused, f"a change of the list of administrators with a key without `{EDIT_ADMIN}`")
    if _configuration(target, plain, profile)[ADMINS] != before[ADMINS]:
        expected = f"no effect of a rejected request with a key without `{EDIT_ADMIN}`"
        fail(refused, expected=expected, actual=f"{refused.in_short}, but the list of administrators was changed")
    changed = write.of(other, entitled)
    expect_accepted(changed, f"a change of the list of administrators with a key with `{EDIT_ADMIN}`")


@dataclass(frozen=True)
class _Write:
    """How an operation writes a configuration: into a profile of the run, or into a new one."""

    operation: Operation
    profile: str
    name: str
    profiles: ResourceClient

    def of(self, configuration: dict[str, Any], key: Key) -> HttpResponse:
        """Write the configuration; return the response. NotJudged if only another user's profile could be written."""
        if self.operation.id == "update_config_profile":
            change = request(self.operation.id, config_id=self.profile, body=configuration)
            return self.profiles.target.send(change, key)
        if self.operation.id != "create_config_profile":
            raise NotJudged(f"{self.operation}: it changes resources that the run did not create", by_choice=True)
        body = {"name": self.name, "config": configuration}
        response = self.profiles.target.send(request(self.operation.id, body=body), key)
        created = part(response.data, "conf_id")
        if isinstance(created, str):
            self.profiles.cleanup.owns(self.profiles.kind.removing(created), key)
        return response


def _configuration(target: Target, key: Key, profile: str) -> dict[str, Any]:
    response = target.send(request("get_config_profile", config_id=profile), key)
    shown: dict[str, Any] = part(response.data, "config")
    if not response.is_accepted or not isinstance(part(shown, ADMINS), list):
        raise NotJudged(f"{response.request.operation}: returns no list of administrators: {response.in_short}")
    return shown

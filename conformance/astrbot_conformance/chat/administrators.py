"""The administrators of AstrBot, as the configuration lists them."""

from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.http import Target
from astrbot_conformance.json_value import as_list, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged


def administrators(target: Target, keys: KeyRing) -> list[str]:
    """The names of the administrators. NotJudged if there are none, or if the target does not list them."""
    response = target.send_once(request("get_system_config"), keys.weakest(Scope.CONFIG))
    names = as_list(part(response.data, "config", "admins_id")) if response.is_accepted else []
    listed = [name for name in names if isinstance(name, str) and name.strip()]
    if not listed:
        raise NotJudged(f"{response.request.operation}: returns no list of administrators: {response.in_short}")
    return listed

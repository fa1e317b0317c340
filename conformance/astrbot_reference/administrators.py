"""The rules for AstrBot administrators, and for keys with the sub-scopes that lift them.

The contract names the sub-scopes of an operation. Without sub-scopes, the scope of the operation is enough.
"""

from __future__ import annotations

from astrbot_api.operation import Operation

from .auth import Caller
from .refusal import Refusal
from .stores.profile_store import ProfileStore
from .stores.store import JsonObject

MEMBER = "admins_id"


def refuse_username(operation: Operation, caller: Caller, username: str, profiles: ProfileStore) -> None:
    """Raises Refusal if an administrator of any profile has this username and the caller lacks the sub-scope."""
    if caller.scopes.issuperset(operation.sub_scopes):
        return
    if any(username in profile["config"].get(MEMBER, ()) for profile in profiles.all()):
        raise Refusal("username is reserved for an AstrBot administrator")


def refuse_change(operation: Operation, caller: Caller, stored: JsonObject, change: JsonObject) -> None:
    """Raises Refusal if a change of the configuration names other administrators and the caller lacks the sub-scope."""
    missing = [scope for scope in operation.sub_scopes if scope not in caller.scopes]
    fields = change.get(MEMBER)
    if missing and fields is not None and fields != stored.get(MEMBER):
        raise Refusal(f"{missing[0]} scope is required to change {MEMBER}", 403)

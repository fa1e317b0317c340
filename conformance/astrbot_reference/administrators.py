"""Who administers AstrBot, and what only they and keys with the sub-scope for it may do.

Which operations ask for a sub-scope stands in the contract; where none does, everybody with the scope may.
"""

from __future__ import annotations

from astrbot_api.operation import Operation

from .auth import Caller
from .refusal import Refusal
from .stores.profile_store import ProfileStore
from .stores.store import JsonObject

MEMBER = "admins_id"


def refuse_username(operation: Operation, caller: Caller, username: str, profiles: ProfileStore) -> None:
    """Raises Refusal where an administrator of any profile is called so, unless the caller may speak for them."""
    if caller.scopes.issuperset(operation.sub_scopes):
        return
    if any(username in profile["config"].get(MEMBER, ()) for profile in profiles.all()):
        raise Refusal("username is reserved for an AstrBot administrator")


def refuse_change(operation: Operation, caller: Caller, stored: JsonObject, change: JsonObject) -> None:
    """Raises Refusal where a configuration is to name other administrators, unless the caller may choose them."""
    missing = [scope for scope in operation.sub_scopes if scope not in caller.scopes]
    wanted = change.get(MEMBER)
    if missing and wanted is not None and wanted != stored.get(MEMBER):
        raise Refusal(f"{missing[0]} scope is required to change {MEMBER}", 403)

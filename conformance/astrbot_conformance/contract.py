"""Operations that the suite names, and selections of operations from the contract of the run.

The release of the target is known only after the first contact, so a selection is a function of a contract. Every
release has the operations that are named one by one.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_api.requirements import Requirement

Choice = Callable[[Contract], Sequence[Operation]]

named = releases.contract(releases.BASE).by_id


def operation_at(method: str, path: str) -> Operation:
    """The operation at `method` and `path` in every release. Raises KeyError if there is none."""
    return _by_method_and_path()[f"{method} {path}"]


@cache
def _by_method_and_path() -> Mapping[str, Operation]:
    return {str(operation): operation for operation in named.values()}


LOGIN = operation_at("POST", "/api/v1/auth/login")
SET_UP_TOTP = operation_at("POST", "/api/v1/auth/totp/setup")
RECOVER_TOTP = operation_at("POST", "/api/v1/auth/totp/recovery")
LIST_KEYS = operation_at("GET", "/api/v1/api-keys")
CREATE_KEY = operation_at("POST", "/api/v1/api-keys")
DELETE_KEY = operation_at("DELETE", "/api/v1/api-keys/{key_id}")
REVOKE_KEY = operation_at("POST", "/api/v1/api-keys/{key_id}/revoke")
CONFIDENTIAL = frozenset({LOGIN.id, CREATE_KEY.id, SET_UP_TOTP.id, RECOVER_TOTP.id})
"""The operations whose responses contain a credential. Their responses are never quoted."""
VERSION = operation_at("GET", "/api/v1/stats/version")
PUBLISHED_DOCUMENT = operation_at("GET", "/api/v1/openapi.json")
DOCUMENT_PAGE = operation_at("GET", "/api/v1/docs")
CHAT = operation_at("POST", "/api/v1/chat")
CHAT_IN_THREAD = operation_at("POST", "/api/v1/chat/threads/{thread_id}/messages")
SESSIONS = operation_at("GET", "/api/v1/chat/sessions")
NEW_SESSION = operation_at("GET", "/api/v1/chat/sessions/new")
DELETE_SESSIONS = operation_at("POST", "/api/v1/chat/sessions/batch-delete")
DELETE_SESSION = operation_at("DELETE", "/api/v1/chat/sessions/{session_id}")
READ_SESSION = operation_at("GET", "/api/v1/chat/sessions/{session_id}")
RENAME_SESSION = operation_at("PATCH", "/api/v1/chat/sessions/{session_id}")
STOP_SESSION = operation_at("POST", "/api/v1/chat/sessions/{session_id}/stop")
SEND_MESSAGE = operation_at("POST", "/api/v1/im/message")
SEND_MESSAGES = operation_at("POST", "/api/v1/im/messages")
MESSAGES = (CHAT, SEND_MESSAGE, SEND_MESSAGES)  # the last two are one operation on two paths
IM_BOTS = operation_at("GET", "/api/v1/im/bots")


def along(operation_ids: str) -> Choice:
    """Select operations by id. The selection is empty unless developer keys open every one of them."""
    ids = operation_ids.split()

    def chosen(contract: Contract) -> Sequence[Operation]:
        operations = [contract.by_id[id] for id in ids if id in contract.by_id and contract.by_id[id].scope]
        return operations if len(operations) == len(ids) else ()

    return chosen


def keyed(contract: Contract) -> Sequence[Operation]:
    """The operations that a developer key with the required scope opens."""
    return contract.keyed


def closed(contract: Contract) -> Sequence[Operation]:
    """The operations that no developer key opens."""
    return contract.closed


def keyed_and_closed(contract: Contract) -> Sequence[Operation]:
    """The operations that require any kind of credential."""
    return (*contract.keyed, *contract.closed)


def writing(contract: Contract) -> Sequence[Operation]:
    """The operations with which a developer key creates, changes or removes something."""
    return [operation for operation in contract.keyed if operation.side_effect in ("write", "destructive")]


def destructive(contract: Contract) -> Sequence[Operation]:
    """The operations with which a developer key destroys something."""
    return [operation for operation in contract.keyed if operation.side_effect == "destructive"]


def reading(contract: Contract) -> Sequence[Operation]:
    """One read-only operation for each scope."""
    return tuple(read_of_each_scope(contract).values())


def needing(sub_scope: str) -> Choice:
    """Select the operations that require a sub-scope for certain inputs."""
    return lambda contract: [operation for operation in contract.operations if sub_scope in operation.sub_scopes]


@cache
def read_of_each_scope(contract: Contract) -> Mapping[str, Operation]:
    """One read-only operation by scope. Operations without parameters come first, as real servers are fast at them."""
    reads = sorted(_reads(contract), key=_needs_parameters)
    by_scope = {scope: [operation for operation in reads if operation.scope == scope] for scope in contract.scopes}
    return {scope: operations[0] for scope, operations in by_scope.items() if operations}


@cache
def plain_reads(contract: Contract) -> Mapping[str, Sequence[Operation]]:
    """The read-only operations without required parameters, by scope."""
    plain = [operation for operation in _reads(contract) if not _needs_parameters(operation)]
    return {scope: tuple(o for o in plain if o.scope == scope) for scope in contract.scopes}


def _reads(contract: Contract) -> Sequence[Operation]:
    return [o for o in contract.keyed if (o.method, o.side_effect) == ("GET", "read")]


def _needs_parameters(operation: Operation) -> bool:
    return any(parameter.required for parameter in operation.parameters)


@cache
def operations_of_all_releases() -> Mapping[str, Operation]:
    """Every operation of any release by id, as the newest of these releases defines it."""
    contracts = map(releases.contract, releases.RELEASES)
    return {operation.id: operation for contract in contracts for operation in contract.operations}


@cache
def requirements_of_all_releases() -> Mapping[str, Requirement]:
    """Every requirement of any release by id, in the wording of the newest of these releases."""
    contracts = map(releases.contract, releases.RELEASES)
    return {name: requirement for contract in contracts for name, requirement in contract.requirements.items()}


def grantable(contract: Contract) -> tuple[str, ...]:
    """Every scope that a key can hold. Scopes that need another scope come last."""
    return (*contract.scopes, *contract.sub_scopes)


@cache
def implicated(contract: Contract) -> frozenset[str]:
    """The scopes that take part in any implication."""
    return frozenset(scope for holder, more in contract.implies.items() if more for scope in (holder, *more))

"""The operations of AstrBot that the suite names, and their roles in the transport.

Knows AstrBot. Every release has the constants with the same path and scope, which a test checks; so the base release
defines them. All other operations are looked up by id when they are requested.
"""

from typing import Any

from astrbot_api import releases
from astrbot_api.operation import Operation

from astrbot_conformance.contract import operations_of_all_releases
from astrbot_conformance.http import HttpRequest, asking
from astrbot_conformance.http.roles import Roles

named = releases.contract(releases.BASE).by_id


def operation(operation_id: str) -> Operation:
    """The operation with that id in any release. Raises KeyError if there is none."""
    return named.get(operation_id) or operations_of_all_releases()[operation_id]


def request(operation_id: str, *, body: Any = ..., **values: str) -> HttpRequest:
    """A request to an operation of any release, with path and query values by name."""
    return asking(operation(operation_id), values=values, json_body=body)


LIST_KEYS = operation("list_api_keys")
CREATE_KEY = operation("create_api_key")
DELETE_KEY = operation("delete_api_key")
REVOKE_KEY = operation("revoke_api_key")
PUBLISHED_DOCUMENT = operation("get_openapi_document")
DOCUMENT_PAGE = operation("get_docs_page")
CHAT = operation("chat")
SEND_MESSAGE = operation("send_im_message")
SEND_MESSAGES = operation("send_im_message_alias")
MESSAGES = (CHAT, SEND_MESSAGE, SEND_MESSAGES)  # the last two are one operation on two paths
CHAT_SOCKET = next(one for one in releases.contract(releases.BASE).websockets if one.id == "chat_over_websocket")
IM_BOTS = operation("list_im_bots")
ROLES = Roles(
    ping=IM_BOTS,
    other_ping=operation("list_personas"),
    confidential=frozenset({"log_in", "create_api_key", "set_up_totp", "recover_totp"}),
    messages=frozenset(operation.id for operation in (*MESSAGES, CHAT_SOCKET)),
    # Measured on 4.26.0-beta.8: if other requests arrive while a profile changes, all requests hang for half a minute,
    # then some end with 500 because the database is locked. A message with a finished response caused it once too:
    # the server was still writing data for it.
    quiet_tags=frozenset({"config-profiles"}),
    # Measured on 4.26.0-beta.8: 24 plugin sources were created four at a time, and 14 were lost.
    lone_tags=frozenset({"plugin-sources"}),
    created_id="session_id",
)

"""Which keys may call an operation, as far as the published document declares it.

Documents name scopes in two ways: in an extension of the operation (`x-astrbot-scope: bot`, seen in AstrBot from 4.28
on), or as the roles of a security requirement (`security: [{BearerKey: [bot]}]`, OpenAPI 3.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import PUBLISHED_DOCUMENT
from astrbot_conformance.http import Target, asking
from astrbot_conformance.http.published_document import Document, key_ways, listed, marked_scopes, nameless
from astrbot_conformance.json_value import as_list, as_object

Location = tuple[str, str]  # the method, and the path without the names of its parameters


@dataclass(frozen=True, slots=True)
class DeclaredAccess:
    """The access that the document declares for one operation.

    scopes: the scopes that it names; empty if it names none. is_public: whether it says that no credentials are
    required. others_have_scopes: whether it names scopes for any other operation.
    """

    scopes: tuple[str, ...]
    is_public: bool
    others_have_scopes: bool


def access_to(operation: Operation, target: Target) -> DeclaredAccess:
    """The access that the target's published document declares for an operation. NotJudged if no response comes."""
    return declared_access(operation, target.send_once(asking(PUBLISHED_DOCUMENT)).json)


def declared_access(operation: Operation, published: Any) -> DeclaredAccess:
    """The access that the given document declares for an operation."""
    document, location = as_object(published), (operation.method, nameless(operation.path))
    entries: Mapping[Location, Document] = listed(document)
    entry = entries.get(location, {})
    ways = entry.get("security")
    return DeclaredAccess(
        scopes=declared_scopes(entry, document),
        is_public=isinstance(ways, list) and (not ways or {} in ways),
        others_have_scopes=any(declared_scopes(other, document) for at, other in entries.items() if at != location),
    )


def declared_scopes(entry: Document, document: Document) -> tuple[str, ...]:
    """The scopes that a document names for an operation, in order and without duplicates."""
    roles = (role for way in key_ways(entry, document) for roles in way.values() for role in as_list(roles))
    return tuple(dict.fromkeys([*marked_scopes(entry), *(role for role in roles if isinstance(role, str) and role)]))

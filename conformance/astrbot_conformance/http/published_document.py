"""What a published OpenAPI document declares for operations, and its contradictions with the contract.

The document may be incomplete: a missing declaration is not a contradiction.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation, Parameter

from astrbot_conformance.json_value import as_list, as_object

NAMED = re.compile(r"\{([^{}]*)\}")  # a parameter in a path
METHODS = ("delete", "get", "patch", "post", "put")
SCOPE_MARKS = (
    "x-astrbot-scope",
    "x-astrbot-scopes",
    "x-scope",
    "x-scopes",
    "x-required-scope",
    "x-required-scopes",
)  # extensions of an operation that name its scope: a text, or a list of texts
LOGIN = re.compile(r"(?i)dashboard|jwt|token|session|cookie|login")  # names of a login for people
KEY_PLACES = re.compile(r"(?i)header (authorization|x-api-key)")  # where a request carries a key
USUAL_HEADERS = frozenset({"authorization", "x-api-key", "accept", "content-type", "host", "user-agent"})
API = "/api/v1/"
ANY_API = "/api/"
JSON = "application/json"
MOST_PATHS = 2000  # of a document that are read; AstrBot has about 250
MOST_SERVERS = 20
MOST_SCHEMAS = 200  # that are followed from one schema; a document may nest without end, or refer to itself
LONGEST_POINTER = 1000  # characters
Document = Mapping[str, Any]
SILENT: Document = {"parameters": []}


def listed(published: Any) -> dict[tuple[str, str], Document]:
    """The declarations of each operation, by method and path. The paths have no parameter names."""
    whole = as_object(published)
    bases = [_base_path(as_object(server).get("url")) for server in as_list(whole.get("servers"))[:MOST_SERVERS]]
    paths = islice(as_object(whole.get("paths")).items(), MOST_PATHS)
    items = {_path_from_root(path, bases): followed(item, whole) for path, item in paths}
    return {
        (method.upper(), nameless(path)): {**SILENT, **item[method], "path": path, "shared": item.get("parameters", [])}
        for path, item in items.items()
        for method in METHODS
        if isinstance(item.get(method), dict)
    }


def _base_path(url: Any) -> str:
    """The path of a server's URL; empty if it is not a URL."""
    try:
        return urlsplit(str(url)).path.rstrip("/")
    except ValueError:
        return ""


def _path_from_root(path: str, bases: Iterable[str]) -> str:
    """A path from the root of the API, even if the document declares it below the path of a server."""
    paths = [path, *(base + path for base in bases)]
    from_root = (one[one.index(root) :] for root in (API, ANY_API) for one in paths if root in one)
    return next(from_root, path)


def nameless(path: str) -> str:
    """A path without the names of its parameters, because another document may use other names."""
    return NAMED.sub("{}", path)


def disagreements(published: Document, contract: Contract) -> Iterator[str]:
    """Each contradiction between the document and the contract for an operation, as text."""
    entries = listed(published)
    for operation in contract.operations:
        entry = entries.get((operation.method, nameless(operation.path)))
        if entry is None or operation.public:
            continue
        differences = [*_of_scope(operation, entry, published, contract)]
        if operation.scope:  # the contract does not define the credentials of closed areas
            differences += _of_parameters(operation, entry, published)
            differences += _of_body(operation, entry, published, contract)
        yield from (f"{operation}: the document {difference}" for difference in differences)


def _of_scope(operation: Operation, entry: Document, published: Document, contract: Contract) -> Iterator[str]:
    marks = marked_scopes(entry)
    if operation.scope and marks and operation.scope not in marks:
        yield f"requires the scope {_code(marks)}, the contract `{operation.scope}`"
    if operation.scope is None and (opening := [scope for scope in marks if scope in contract.scopes]):
        yield f"allows keys with {_code(opening)}, the contract allows no key"
    own = entry.get("security")
    if isinstance(own, list) and (not own or {} in own):
        yield "requires no credentials, the contract does"
    ways = key_ways(entry, published)
    roles = {str(role) for way in ways for required in way.values() for role in as_list(required)}
    if operation.scope and not roles <= contract.sufficient(operation.scope):
        yield f"allows keys with {_code(sorted(roles))}, the contract requires `{operation.scope}`"
    if operation.scope is None and (opening := sorted(roles & set(contract.scopes))):
        yield f"allows keys with {_code(opening)}, the contract allows no key"
    places = [place for way in ways for name in way if (place := _place_of_keys(name, published))]
    if operation.scope and places and not any(KEY_PLACES.fullmatch(place) for place in places):
        yield f"expects the key in {_code(sorted(set(places)))}, the contract in `Authorization` or `X-API-Key`"


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def marked_scopes(entry: Document) -> list[str]:
    """The scopes that the extensions of an operation name, in order and without repetition. Empty if there are none."""
    values = [entry.get(mark) for mark in SCOPE_MARKS]
    named = [name for value in values for name in (value if isinstance(value, list) else [value])]
    return list(dict.fromkeys(name for name in named if isinstance(name, str) and name.strip()))


def key_ways(entry: Document, published: Document) -> list[Document]:
    """The security requirements of an operation that a key can meet. The dashboard uses others."""
    own = entry.get("security")
    ways = own if isinstance(own, list) else published.get("security")
    return [way for way in as_list(ways) if isinstance(way, dict) and not any(_is_login(n, published) for n in way)]


def _is_login(name: str, published: Document) -> bool:
    scheme = _scheme(name, published)
    is_other = scheme.get("type", "http") not in ("http", "apiKey") or scheme.get("in") == "cookie"
    return is_other or LOGIN.search(f"{name} {scheme.get('bearerFormat', '')}") is not None


def _place_of_keys(name: str, published: Document) -> str | None:
    """The place of a key by the document, such as `header X-API-Key`. None if it declares no place."""
    scheme = _scheme(name, published)
    if scheme.get("type") == "http":
        return "header Authorization"
    return f"{scheme.get('in')} {scheme.get('name')}" if scheme else None


def _scheme(name: str, published: Document) -> Document:
    schemes = as_object(as_object(published.get("components")).get("securitySchemes"))
    return followed(schemes.get(name), published)


def _of_parameters(operation: Operation, entry: Document, published: Document) -> Iterator[str]:
    in_query = {p.name: p for p in operation.parameters if p.param_in == "query"}
    headers = {p.name.lower() for p in operation.parameters if p.param_in == "header"} | USUAL_HEADERS
    for one in [followed(one, published) for one in (*as_list(entry["shared"]), *as_list(entry["parameters"]))]:
        name, param_in = str(one.get("name")), one.get("in")
        if param_in in ("header", "cookie") and name in in_query:
            yield f"declares `{name}` in a {param_in}, the contract in the query"
        elif param_in == "header" and one.get("required") and name.lower() not in headers:
            yield f"requires the header `{name}`, which the contract lacks"
        if param_in == "query":
            yield from _of_query_parameter(name, one, in_query.get(name), published)


def _of_query_parameter(name: str, declared: Document, ours: Parameter | None, published: Document) -> Iterator[str]:
    if ours is None:
        yield f"declares the query parameter `{name}`, which the contract lacks"
        return
    if bool(declared.get("required")) != ours.required:
        words = ("required", "optional") if declared.get("required") else ("optional", "required")
        yield f"declares `{name}` as {words[0]}, the contract as {words[1]}"
    kinds = _kinds(declared.get("schema"), published)
    if kinds and not _meet(kinds, frozenset(ours.type.split("|"))):
        yield f"declares `{name}` with the type {'|'.join(sorted(kinds))}, the contract with {ours.type}"


def _of_body(operation: Operation, entry: Document, published: Document, contract: Contract) -> Iterator[str]:
    body = followed(entry.get("requestBody"), published)
    schema = as_object(as_object(body.get("content")).get(JSON)).get("schema")
    if not schema or operation.body is None or operation.body.pointer is None:
        if body.get("required") and operation.body is None:
            yield "requires a body, the contract has none"
        return
    types, required = _members(contract.resolve(operation.body.pointer), contract.document())
    declared_types, declared_required = _members(schema, published)
    for name in sorted(declared_required - required):
        yield f"requires the member `{name}`, the contract does not"
    for name in sorted(declared_types.keys() & types.keys()):
        kinds, our_kinds = declared_types[name], types[name]
        if kinds and our_kinds and not _meet(kinds, our_kinds):
            yield f"declares `{name}` with the type {'|'.join(sorted(kinds))}, the contract with {'|'.join(our_kinds)}"


Members = tuple[dict[str, frozenset[str]], frozenset[str]]


def _members(schema: Any, whole: Document, known: dict[int, Members] | None = None) -> Members:
    """The members of an object schema with their types, and which of them are always required.

    known: the result for each schema that was already followed.
    """
    known = {} if known is None else known
    rule = followed(schema, whole)
    if id(rule) in known or len(known) >= MOST_SCHEMAS:
        return known.get(id(rule), ({}, frozenset()))
    known[id(rule)] = {}, frozenset()  # in case the schema refers to itself
    types = {name: _kinds(member, whole) for name, member in as_object(rule.get("properties")).items()}
    required = frozenset(map(str, as_list(rule.get("required"))))
    for part in as_list(rule.get("allOf")):
        more_types, more_required = _members(part, whole, known)
        types |= {name: kinds for name, kinds in more_types.items() if not types.get(name)}
        required |= more_required
    known[id(rule)] = types, required
    return types, required


def _kinds(schema: Any, whole: Document, known: dict[int, frozenset[str]] | None = None) -> frozenset[str]:
    """The JSON types that a schema names. Empty if it allows any. known: the results for schemas already followed."""
    known = {} if known is None else known
    rule = followed(schema, whole)
    if id(rule) in known or len(known) >= MOST_SCHEMAS:
        return known.get(id(rule), frozenset())
    known[id(rule)] = frozenset()  # in case the schema refers to itself
    declared = rule.get("type")
    if declared:
        kinds = frozenset([declared] if isinstance(declared, str) else map(str, as_list(declared)))
    else:
        parts = (*as_list(rule.get("anyOf")), *as_list(rule.get("oneOf")))
        choices = [_kinds(choice, whole, known) for choice in parts]
        kinds = frozenset().union(*choices) if choices and all(choices) else frozenset()
    known[id(rule)] = kinds
    return kinds


def _meet(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a value can be of both kinds. An integer is a number, and every value in a query is text."""
    return bool(some & others) or {"integer", "number"} <= some | others


def followed(value: Any, whole: Document) -> Document:
    """The target of a reference, or the object itself. Empty if the reference cannot be resolved."""
    for _ in range(20):
        if not isinstance(value, dict) or "$ref" not in value:
            break
        value = _at(str(value["$ref"]), whole)
    return as_object(value)


def _at(pointer: str, whole: Document) -> Any:
    value: Any = whole if len(pointer) <= LONGEST_POINTER else None
    for word in pointer.removeprefix("#/").split("/"):
        value = as_object(value).get(word.replace("~1", "/").replace("~0", "~"))
    return value


@cache
def ways_to(operation: Operation, contract: Contract) -> frozenset[tuple[str, str]]:
    """An operation and its aliases, as method and path without parameter names."""
    ways = [operation, *(other for other in contract.operations if other.alias_of == operation.id)]
    return frozenset((way.method, nameless(way.path)) for way in ways)

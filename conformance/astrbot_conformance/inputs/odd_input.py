"""Unusual input that no client sends on purpose, and that must not break the server."""

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.http import UNKNOWN_ID, HttpRequest, asking, harmless
from astrbot_conformance.http.request import JSON_TYPE

Members = dict[str, Any]
JSON = "application/json"
NUMBERS = (10**19, -(10**19), 2**63, 2**31, -1, 0)
TEXTS: Mapping[str, str] = {
    "zero byte": "a\0b",
    "half a surrogate pair": "a\ud800b",
    "the last Unicode character": "\U0010ffff",
    "right to left": "\u202eabc\u200b",
    "combining marks": "e" + "\u0301" * 500,
    "number of 5,000 digits": "9" * 5000,
    "20 digits": "1" + "0" * 19,
    "quotes": "'\";--%s%n{0}{{7*7}}${jndi}",
    "line ends": "a\r\nX-Odd: 1\r\n\r\nb",
    "blank": " \t\u3000",
}
IDS: Mapping[str, str] = {  # none of them could be taken for a path
    "an id longer than a file name can be": f"{UNKNOWN_ID}-{'x' * 290}",
    "an id with a zero byte": f"{UNKNOWN_ID}-a\0b",
    "an id with a character outside the basic plane": f"{UNKNOWN_ID}-\U0001f600",
}
COMMON_BODIES = ("null", "form type")  # mistakes that clients often make
JSON_TYPES = ("integer", "string")
LONG_TEXT = "long " * 20_000
DEEP = 5_000
BODIES: Mapping[str, tuple[tuple[tuple[str, str], ...], bytes]] = {
    "deep nesting": ((JSON_TYPE,), b"[" * DEEP + b"]" * DEEP),
    "deep nesting of objects": ((JSON_TYPE,), b"[" + b'{"a":' * 900 + b"1" + b"}" * 900 + b"]"),
    "deep and cut off": ((JSON_TYPE,), b"[" * 100_000),
    "not a number": ((JSON_TYPE,), b"[NaN, Infinity, -Infinity]"),
    "too large a number": ((JSON_TYPE,), b"[1e999, -1e999]"),
    "number of 5,000 digits": ((JSON_TYPE,), b"[" + b"9" * 5000 + b"]"),
    "half a surrogate pair": ((JSON_TYPE,), b'["\\ud800"]'),
    "zero byte": ((JSON_TYPE,), b'["\\u0000"]'),
    "bare zero byte": ((JSON_TYPE,), b"\0"),
    "long text": ((JSON_TYPE,), b'"' + b"x" * 1_000_000 + b'"'),
    "broken UTF-8": ((JSON_TYPE,), b'["\xff\xfe\xed\xa0\x80"]'),
    "other encoding": ((JSON_TYPE,), "[]".encode("utf-16")),
    "byte order mark": ((JSON_TYPE,), b"\xef\xbb\xbf[]"),
    "members twice": ((JSON_TYPE,), b'[{"a": 1, "a": 2}]'),
    "cut off": ((JSON_TYPE,), b'[{"a": '),
    "nothing": ((JSON_TYPE,), b""),
    "null": ((JSON_TYPE,), b"null"),
    "text type": ((("Content-Type", "text/plain"),), b"[]"),
    "form type": ((("Content-Type", "application/x-www-form-urlencoded"),), b"a=1&a=2&%ff=%"),
    "files without boundary": ((("Content-Type", "multipart/form-data"),), b"--x\r\n\r\n--x--"),
    "unknown charset": ((("Content-Type", "application/json; charset=none-such"),), b"[]"),
    "odd type": ((("Content-Type", ";;=/"),), b"[]"),
    "wrong compression": ((JSON_TYPE, ("Content-Encoding", "gzip")), b"[]"),
}


def bodied(contract: Contract) -> tuple[Operation, ...]:
    """The operations that take JSON and whose harmless request has a JSON body."""
    taking_json = (o for o in contract.keyed if o.body and JSON in o.body.media_types)
    return tuple(operation for operation in taking_json if operation.probe and operation.probe.has_body)


def queried(contract: Contract) -> tuple[Operation, ...]:
    """The operations that read and have query parameters."""
    reads = (operation for operation in contract.keyed if operation.side_effect == "read")
    return tuple(operation for operation in reads if any(p.param_in == "query" for p in operation.parameters))


def read_by_id(contract: Contract) -> tuple[Operation, ...]:
    """The operations that read one resource, or a part of it, by an id in the path."""
    reads = (operation for operation in contract.keyed if operation.side_effect == "read" and operation.probe)
    return tuple(operation for operation in reads if any(p.param_in == "path" for p in operation.parameters))


def odd_id(operation: Operation, what: str) -> HttpRequest:
    """A request with an odd id for every parameter of its path."""
    ids = {parameter.name: IDS[what] for parameter in operation.parameters}
    return asking(operation, path=ids, query=dict(harmless(operation).query))


def counting(contract: Contract) -> tuple[Operation, ...]:
    """The operations that read and have a numeric query parameter."""
    return tuple(operation for operation in queried(contract) if _numbers(operation))


def telling(contract: Contract) -> tuple[Operation, ...]:
    """The operations that read and have only text parameters in the query."""
    return tuple(operation for operation in queried(contract) if not _numbers(operation))


def _numbers(operation: Operation) -> list[str]:
    in_query = [p for p in operation.parameters if p.param_in == "query"]
    return [p.name for p in in_query if "integer" in p.type or "number" in p.type]


def odd_queries(operation: Operation, number: int, *, few: bool = False) -> list[tuple[str, HttpRequest]]:
    """Requests to an operation that reads, each with an odd query and its description. `number` chooses the texts.

    few: one odd number for each parameter, and odd texts or empty ones in turn. The last query contains each
    parameter twice.
    """
    rng = random.Random(f"{number} {operation.id}")  # noqa: S311  a sample, not a secret
    in_query = [p for p in operation.parameters if p.param_in == "query"]
    usual = {p.name: UNKNOWN_ID for p in in_query if p.required and p.type == "string"}
    numeric = _numbers(operation)
    others = [p.name for p in in_query if p.name not in numeric]
    queries = [
        (f"`{name}={value}`", usual | {name: str(value)}) for name in numeric for value in NUMBERS[: 1 if few else 2]
    ]
    if others:
        words = {name: rng.choice(list(TEXTS)) for name in others}
        texts = {name: TEXTS[word] for name, word in words.items()}
        odd = (", ".join(f"{word} in `{name}`" for name, word in words.items()), usual | texts)
        empty = (f"an empty text in {', '.join(f'`{name}`' for name in others)}", usual | dict.fromkeys(others, ""))
        queries += [rng.choice([odd, empty])] if few else [odd, empty]
    plain = harmless(operation)
    requests = [(what, replace(plain, query=tuple(_sendable(query).items()))) for what, query in queries]
    what, last = requests[-1]
    repeated = tuple(pair for pair in last.query for _ in range(2))
    twice = (f"{what}, each parameter twice", replace(last, query=repeated))
    return [*requests[:-1], twice] if few else [*requests, twice]


def odd_body(operation: Operation, what: str) -> HttpRequest:
    """A request with an odd body. No server can act on it, because it is not an object."""
    headers, body = BODIES[what]
    return replace(harmless(operation), headers=headers, body=body)


def wrongly_typed(operation: Operation, contract: Contract) -> HttpRequest:
    """A request whose body has a list in each member that the contract types as text, number or object."""
    pointer = operation.body.pointer if operation.body else None
    members: Mapping[str, Mapping[str, Any]] = contract.resolve(pointer).get("properties", {}) if pointer else {}
    body = {name: [name] for name, rule in members.items() if "array" not in rule.get("type", ())}
    return replace(harmless(operation), headers=(JSON_TYPE,), body=json.dumps(body).encode())


def odd_members(operation: Operation, contract: Contract, after: str) -> tuple[list[Members], list[Members]]:
    """Each member of an operation's body with odd values of its type, one at a time: numbers, then texts.

    after: a prefix for odd texts, so that the resources they create can be identified.
    """
    pointer = operation.body.pointer if operation.body else None
    members: Mapping[str, Mapping[str, Any]] = contract.resolve(pointer).get("properties", {}) if pointer else {}
    of_type = {kind: [name for name, rule in members.items() if kind in rule.get("type", ())] for kind in JSON_TYPES}
    numbers = [{name: value} for name in of_type["integer"] for value in NUMBERS]
    texts = [{name: after + text} for name in of_type["string"] for text in (*TEXTS.values(), LONG_TEXT)]
    return numbers, texts


def _sendable(query: Mapping[str, str]) -> dict[str, str]:
    """The query without lone surrogates, as a careless client sends it. UTF-8 cannot encode them."""
    return {name: value.replace("\ud800", "\x80") for name, value in query.items()}

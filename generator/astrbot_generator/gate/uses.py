"""The operations that a client uses: from a list, a HAR recording or a report of `conform`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from astrbot_generator.errors import ContractError
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.operations import Operation, operations_of
from astrbot_generator.gate.values import table
from astrbot_generator.source_files import read_text, shown

_REMEDY = "use a list of operations (one `GET /bots` per line), a HAR file or a report.json of conform"


def used_operations(path: Path, *documents: Document) -> frozenset[str]:
    """Returns the operations of the documents that a client uses, such as `GET /bots`.

    Raises ContractError if the file has none of the three formats, or names no operation of the documents.
    """
    name = shown(path)
    text = read_text(path, _REMEDY)
    if text.lstrip().startswith(("{", "[")):
        try:
            named = _of_json(json.loads(text))
        except json.JSONDecodeError as error:
            raise ContractError.at(name, f"not valid JSON: {error.msg}", _REMEDY) from None
        except ValueError:  # an integer with more digits than Python parses
            raise ContractError.at(name, "contains a number that is too long", _REMEDY) from None
        except RecursionError:
            raise ContractError.at(name, "nested too deeply", _REMEDY) from None
    else:
        named = [line.strip().lstrip("-* ").strip("`") for line in text.splitlines()]
        named = [line for line in named if line and not line.startswith("#")]
    if not named:
        raise ContractError.at(name, "names no operation", _REMEDY)
    known = [operation for document in documents for operation in operations_of(document)]
    found = frozenset(str(operation) for word in named for operation in _matching(word, known))
    if not found:
        raise ContractError.at(name, "names no operation of these documents", _REMEDY)
    return found


def _of_json(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    entries = table(value.get("log")).get("entries")
    if isinstance(entries, list):
        requests = [table(table(entry).get("request")) for entry in entries]
        return [f"{request.get('method', 'GET')} {request.get('url', '')}" for request in requests]
    return list(_operations_in(value))


def _operations_in(value: Any) -> Iterator[str]:
    """Yields every `operation` and `operations` of a report."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "operation" and isinstance(inner, str):
                yield inner
            elif key == "operations" and isinstance(inner, list):
                yield from (item for item in inner if isinstance(item, str))
            else:
                yield from _operations_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _operations_in(inner)


def _matching(word: str, known: list[Operation]) -> list[Operation]:
    """Returns the operations that a text names: an operationId, a method and path template, or a method and URL."""
    exact = [operation for operation in known if word in (operation.id, str(operation))]
    if exact:
        return exact
    method, _, address = word.partition(" ")
    try:
        path = urlsplit(address.strip()).path.rstrip("/") or "/"
    except ValueError:
        return []
    fitting = [
        (len(path) - match.end("prefix"), -operation.path.count("{"), operation)
        for operation in known
        if operation.method == method.lower()
        for match in [_pattern(operation.path).fullmatch(path)]
        if match
    ]
    best = max((fit[:2] for fit in fitting), default=None)
    return [operation for *fit, operation in fitting if tuple(fit) == best]


def _pattern(path: str) -> re.Pattern[str]:
    """Returns a pattern for the concrete paths of a path template, with any prefix that a server may add."""
    pieces = [re.escape(piece) for piece in re.split(r"\{[^}]*\}", path.rstrip("/") or "/")]
    return re.compile("(?P<prefix>(?:/.*)?)" + "[^/]+".join(pieces))

"""The operations that a consumer uses: from a list, a HAR recording or a report of `conform`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from astrbot_generator.errors import ContractError, Problem
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.operations import METHODS, Operation, operations_of
from astrbot_generator.reading import shown

_REMEDY = "give a list of operations (`GET /bots`, one a line), a HAR file or a report.json of conform"


def used_operations(path: Path, *documents: Document) -> frozenset[str]:
    """The operations of the documents that a consumer uses, as `GET /bots`.

    Raises ContractError where the file is none of the three kinds, or names no operation of the documents.
    """
    name = shown(path)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ContractError(Problem(name, None, "cannot be read", _REMEDY)) from None
    if text.lstrip().startswith(("{", "[")):
        try:
            wanted = _of_json(json.loads(text))
        except json.JSONDecodeError as error:
            raise ContractError(Problem(name, None, f"not JSON: {error.msg}", _REMEDY)) from None
    else:
        wanted = [line.strip().lstrip("-* ").strip("`") for line in text.splitlines()]
        wanted = [line for line in wanted if line and not line.startswith("#")]
    if not wanted:
        raise ContractError(Problem(name, None, "names no operation", _REMEDY))
    known = [operation for document in documents for operation in operations_of(document)]
    found = frozenset(str(operation) for word in wanted for operation in _matching(word, known))
    if not found:
        raise ContractError(Problem(name, None, "names no operation of these documents", _REMEDY))
    return found


def _of_json(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    entries = value.get("log", {}).get("entries") if isinstance(value.get("log"), dict) else None
    if isinstance(entries, list):
        requests = [entry.get("request", {}) for entry in entries if isinstance(entry, dict)]
        return [f"{request.get('method', 'GET')} {urlsplit(str(request.get('url', ''))).path}" for request in requests]
    return list(_operations_in(value))


def _operations_in(value: Any) -> Iterable[str]:
    """Every `operation` and `operations` of a report."""
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
    """The operations that a word names: an operationId, a method and path template, or a method and concrete path."""
    exact = [operation for operation in known if word in (operation.id, str(operation))]
    if exact:
        return exact
    method, _, path = word.partition(" ")
    if method.lower() not in METHODS:
        return []
    path = path.strip().rstrip("/") or "/"
    candidates = [o for o in known if o.method == method.lower()]
    fitting = [operation for operation in candidates if _pattern(operation.path).fullmatch(path)]
    plain = [operation for operation in fitting if "{" not in operation.path]
    return plain or sorted(fitting, key=lambda operation: operation.path.count("{"))[:1]


def _pattern(path: str) -> re.Pattern[str]:
    """A path template as a pattern of concrete paths, below any prefix a server may add."""
    pieces = [re.escape(piece) for piece in re.split(r"\{[^}]*\}", path)]
    return re.compile("(?:/.*)?" + "[^/]+".join(pieces))

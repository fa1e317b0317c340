"""Names of existing resources of a target, read from its lists, to read one of each. Nothing is changed."""

import re
from collections.abc import Iterator, Mapping

from astrbot_api.operation import Operation

from astrbot_conformance.http import HttpRequest, Target, asking
from astrbot_conformance.json_value import objects
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged

LISTS = {  # parameter -> the operation that lists its possible values, and the member that holds them
    "plugin_id": ("list_plugins", "name"),
    "skill_name": ("list_skills", "name"),
    "page_name": ("list_plugin_pages", "name"),
    "path": ("list_skill_files", "path"),
    "file_path": ("list_skill_files", "path"),
}
ORDINARY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_. -]*")  # no character that could be read as part of a path
TRIED = 3  # number of resources whose sub-resources are inspected


def values(operation: Operation, target: Target, keys: KeyRing) -> dict[str, str]:
    """A value for each required parameter of an operation. NotJudged if the target has no suitable resource."""
    required = [parameter.name for parameter in operation.parameters if parameter.required]
    if not set(required) <= LISTS.keys():
        raise NotJudged(f"{operation}: no list of the target contains values for its parameters")
    combination = next(_filled(required, {}, target, keys), None)
    if combination is None:
        raise NotJudged(f"{operation}: the target has no resource for which it could be called")
    return combination


def request_for(operation: Operation, known: Mapping[str, str]) -> HttpRequest:
    """The request of an operation about these resources."""
    required = (p for p in operation.parameters if p.required or p.param_in == "path")
    return asking(operation, values={p.name: known[p.name] for p in required})


def _filled(names: list[str], known: dict[str, str], target: Target, keys: KeyRing) -> Iterator[dict[str, str]]:
    """Every combination of parameter values, from the first few resources of each kind."""
    if not names:
        yield known
        return
    name, *others = names
    for value in _listed(name, known, target, keys)[:TRIED]:
        yield from _filled(others, known | {name: value}, target, keys)


def _listed(name: str, known: Mapping[str, str], target: Target, keys: KeyRing) -> list[str]:
    listing, member = keys.contract.by_id[LISTS[name][0]], LISTS[name][1]
    response = target.send_once(request_for(listing, known), keys.weakest(listing.scope))
    shown = [entry.get(member) for entry in objects(response.data)] if response.is_accepted else []
    files = [entry.get(member) for entry in objects(response.data) if entry.get("type") == "file"]
    return [one for one in (files or shown) if isinstance(one, str) and ORDINARY.fullmatch(one)]

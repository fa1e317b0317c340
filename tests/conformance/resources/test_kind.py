"""Resources that a run creates to check rejections: named after the run, found by name, and removed at the end."""

import pytest
from astrbot_api.scopes import Scope
from astrbot_conformance.http.request import UNKNOWN_ID, HttpRequest
from astrbot_conformance.resources.kind import ResourceKind, ways
from astrbot_conformance.resources.kinds import KINDS, mcp_servers

ALL = [*KINDS, mcp_servers({"url": "http://127.0.0.1:9/conform", "transport": "sse"})]
NAME = "conform-0123-thing"


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.noun)
def test_the_requests_of_a_kind_name_the_resource(kind: ResourceKind) -> None:
    """Creating, changing and removing contain the given name or id. One scope opens all of them."""
    requests = [kind.making(NAME), *(kind.removing(NAME, way) for way in ways(kind.remove))]
    requests += [kind.marking(way, NAME, "a mark") for way in ways(kind.change)]
    requests += [kind.switching(way, NAME) for way in ways(kind.switch)]
    requests += [kind.showing(NAME)] if kind.show else []

    assert {request.operation.scope for request in requests} == {kind.scope}
    assert NAME.encode() in (kind.making(NAME).body or b"")
    assert all(_is_about(NAME, request) for request in requests[1:])
    assert UNKNOWN_ID not in "".join(request.path for request in requests)


def _is_about(name: str, request: HttpRequest) -> bool:
    in_path = name in request.path.split("/")
    return in_path or name in dict(request.query).values() or f'"{name}"'.encode() in (request.body or b"")


def test_every_scope_with_resources_has_a_kind() -> None:
    """Messages leave only history. Every other scope creates resources that can be read."""
    assert {kind.scope for kind in ALL} == set(Scope) - {Scope.IM}


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.noun)
def test_a_resource_is_found_anywhere_in_a_list(kind: ResourceKind) -> None:
    """It is found by its name. A resource with a longer name is not the same."""
    resource = {kind.id: NAME if kind.id == kind.called else "7", kind.called: NAME}
    other = {kind.id: "8", kind.called: f"{NAME}-2"}
    listing = {"status": "ok", "data": {"things": [other, {"inner": [resource]}]}}

    match = kind.find(listing, NAME)

    assert match == resource[kind.id]
    assert kind.holds(listing, str(match))
    assert kind.find({"data": [other]}, NAME) is None

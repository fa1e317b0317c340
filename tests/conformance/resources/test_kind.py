"""Resources that a run creates to check rejections: named after the run, found by name, and removed at the end."""

from dataclasses import replace

import pytest
from astrbot_api import releases
from astrbot_api.scopes import Scope
from astrbot_conformance.http.request import UNKNOWN_ID, HttpRequest
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.kinds import kind_of, kinds, mcp_servers

CONTRACT = releases.contract(releases.BASE)
ALL = [*kinds(CONTRACT), mcp_servers(CONTRACT, {"url": "http://127.0.0.1:9/conform", "transport": "sse"})]
NAME = "conform-0123-thing"


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.noun)
def test_the_requests_of_a_kind_name_the_resource(kind: ResourceKind) -> None:
    """Creating, changing and removing contain the given name or id. One scope opens all of them."""
    requests = [kind.making(NAME), *(kind.removing(NAME, way) for way in kind.ways(kind.remove))]
    requests += [kind.marking(way, NAME, "a mark") for way in kind.ways(kind.change)]
    requests += [kind.switching(way, NAME) for way in kind.ways(kind.switch)]
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


@pytest.mark.parametrize("release", releases.RELEASES)
def test_the_kinds_follow_the_contract_of_the_run(release: str) -> None:
    """Each operation is the one of that release, and each release has all kinds and all of their changes."""
    contract = releases.contract(release)
    available = [*kinds(contract), mcp_servers(contract, {})]
    base = [*kinds(CONTRACT), mcp_servers(CONTRACT, {})]

    assert [kind.noun for kind in available] == [kind.noun for kind in base]
    for kind, before in zip(available, base, strict=True):
        roles = (kind.listing, kind.create, kind.show, kind.change, kind.switch, kind.remove)
        assert all(operation is contract.by_id[operation.id] for operation in roles if operation)
        assert len(kind.asides("an-id", "a-mark")) == len(before.more("an-id", "a-mark"))


def test_a_kind_without_an_operation_that_it_needs_is_left_out() -> None:
    """A release that drops the removal of bots has no bots for a run; without the switch, they are not switched."""
    without_removal, without_switch = (
        replace(CONTRACT, operations=tuple(one for one in CONTRACT.operations if one.id != dropped))
        for dropped in ("delete_bot", "set_bot_enabled")
    )

    assert "bot" not in [kind.noun for kind in kinds(without_removal)]
    with pytest.raises(NotJudged, match="no operations on a bot"):
        kind_of("bot", without_removal)
    assert kind_of("bot", without_switch).switch is None

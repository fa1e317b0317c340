"""An insufficient key that is authorized is blamed on an implication only if keys without one are rejected."""

from collections.abc import Callable

import pytest
from astrbot_api.operations import BY_ID, CLOSED
from astrbot_conformance.http import KeyHeader, harmless
from astrbot_conformance.keys.implication import comes_from_implication
from astrbot_conformance.keys.key_ring import KeyRing

from tests.conformance.fake_responses import REFUSED
from tests.conformance.keys.fake_astrbot import CONTRACT, KEYS, FakeAstrBot

pytestmark = pytest.mark.usefixtures("nothing_held")

BOTS = harmless(BY_ID["list_bots"])


def blamed(server: FakeAstrBot, request: object = BOTS) -> bool:
    """Whether an implication is blamed for an authorized request on that server."""
    keys = KeyRing(server.dashboard(), "run", CONTRACT)
    return comes_from_implication(request, server.target, keys, KeyHeader.BEARER)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("admits", "expected"),
    [
        (lambda scope, held: scope in CONTRACT.closure(held), False),
        (lambda _, held: bool(held & {"bot", "provider", "config"}), True),
        (lambda _, __: True, False),
        (lambda _, held: "im" in held, False),
    ],
    ids=["sound", "provider implies bot", "every key", "im implies bot"],
)
def test_a_scope_that_implies_too_much(
    admits: Callable[[str, frozenset[str]], bool],
    expected: bool,  # noqa: FBT001  by pytest
) -> None:
    """The scopes of the contract's implications are tried without the sufficient ones, then all others."""
    server = FakeAstrBot()
    server.admits = admits

    assert blamed(server) == expected


def test_nothing_is_blamed_without_keys_or_without_a_scope() -> None:
    """A key that cannot be created explains nothing. A closed operation has no scope."""
    server = FakeAstrBot()
    server.admits = lambda _, held: bool(held & {"bot", "provider", "config"})

    assert not blamed(server, harmless(CLOSED[0]))
    assert server.requests == []
    server.answers[f"POST {KEYS}"] = lambda: (200, REFUSED)
    assert not blamed(server)

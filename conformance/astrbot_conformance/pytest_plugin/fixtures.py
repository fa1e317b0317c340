"""The resources of the checks, as fixtures. Each lasts for the whole session."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from astrbot_conformance.pytest_plugin.hooks import session_of

if TYPE_CHECKING:
    from astrbot_api.contract import Contract
    from astrbot_api.operation import Operation

    from astrbot_conformance.browser.web_ui import WebUi
    from astrbot_conformance.chat.chats import Chats
    from astrbot_conformance.http.target import Target
    from astrbot_conformance.inputs.exploration import Exploration
    from astrbot_conformance.keys.dashboard import Dashboard
    from astrbot_conformance.keys.key_ring import KeyRing
    from astrbot_conformance.passive.observations import Observations
    from astrbot_conformance.resources.canaries import Canaries
    from astrbot_conformance.resources.cleanup import Cleanup


@pytest.fixture(scope="session")
def contract(pytestconfig: pytest.Config) -> "Contract":
    """The contract of the target's release."""
    return session_of(pytestconfig).resources.contract


@pytest.fixture(scope="session")
def beyond(pytestconfig: pytest.Config) -> "Sequence[Operation]":
    """The operations that the target publishes and the contract does not have."""
    return session_of(pytestconfig).resources.beyond


@pytest.fixture(scope="session")
def target(pytestconfig: pytest.Config) -> "Target":
    """The target. `target.send(request, key)` returns a response, which the passive checks inspect."""
    return session_of(pytestconfig).resources.target


@pytest.fixture(scope="session")
def keys(pytestconfig: pytest.Config) -> "KeyRing":
    """The keys of the session: `keys.weakest(scope)`, `keys.strongest_without(scope)`, `keys.holding(*scopes)`."""
    return session_of(pytestconfig).resources.keys


@pytest.fixture(scope="session")
def dashboard(pytestconfig: pytest.Config) -> "Dashboard":
    """The dashboard of the target, with the login of the administrator."""
    return session_of(pytestconfig).resources.dashboard


@pytest.fixture(scope="session")
def chats(pytestconfig: pytest.Config) -> "Chats":
    """Chats of users that the session invented. Their number is limited on a target that is not disposable."""
    return session_of(pytestconfig).resources.chats


@pytest.fixture(scope="session")
def cleanup(pytestconfig: pytest.Config) -> "Cleanup":
    """The resources that the session removes at its end: `cleanup.owns(removal, key)`."""
    return session_of(pytestconfig).resources.cleanup


@pytest.fixture(scope="session")
def exploration(pytestconfig: pytest.Config) -> "Exploration":
    """Generated cases, chosen by the seed."""
    return session_of(pytestconfig).resources.exploration


@pytest.fixture(scope="session")
def observations(pytestconfig: pytest.Config) -> "Observations":
    """The results of the passive checks."""
    return session_of(pytestconfig).resources.observations


@pytest.fixture(scope="session")
def web_ui(pytestconfig: pytest.Config) -> "WebUi":
    """The observations in the web UI, if `--astrbot-options` contains `--ui`."""
    return session_of(pytestconfig).resources.web_ui


@pytest.fixture(scope="session")
def canaries(pytestconfig: pytest.Config) -> "Canaries":
    """The secrets that the session plants on the target when they are first used."""
    return session_of(pytestconfig).canaries()

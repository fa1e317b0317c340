"""An AstrBot without a server, and the keys of a run on it."""

import pytest
from astrbot_conformance.keys.key_ring import KeyRing

from tests.conformance.keys.fake_astrbot import CONTRACT, FakeAstrBot


@pytest.fixture
def server() -> FakeAstrBot:
    """An AstrBot without keys."""
    return FakeAstrBot()


@pytest.fixture
def ring(server: FakeAstrBot) -> KeyRing:
    """The keys of a run on that server."""
    return KeyRing(server.dashboard(), "run", CONTRACT)

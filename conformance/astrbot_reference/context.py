"""The dependencies of the services."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass

from astrbot_api.contract import Contract

from .auth import Authentication
from .clock import Clock
from .overrides import Overrides
from .stores.key_store import KeyStore
from .stores.store import Store
from .threads import Threads


@dataclass(frozen=True, slots=True)
class Context:
    """The dependencies of the services.

    contract: that of the served release. closing: ends with the server.
    """

    store: Store
    clock: Clock
    contract: Contract
    keys: KeyStore
    authentication: Authentication
    threads: Threads
    closing: AsyncExitStack
    overrides: Overrides

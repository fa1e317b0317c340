"""One service for each tag of the contract."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from astrbot_api.server import Services

from .api_keys import ApiKeys
from .auth import Authentication
from .clock import Clock
from .closed import ClosedArea, System
from .documents import Documents
from .keys import Keys
from .store import Store


def services(
    store: Store, clock: Clock, keys: Keys, authentication: Authentication, derive: Callable[[], dict[str, Any]]
) -> Services:
    """Every service over one store. TEMPORARY: areas that are not written yet refuse everything."""
    made: dict[str, Any] = {}
    for tag in Services.__dataclass_fields__:
        try:
            module = importlib.import_module(f"{__package__}.{tag}")
            made[tag] = getattr(module, tag.title().replace("_", ""))(store, clock)
        except (ImportError, AttributeError, TypeError):
            made[tag] = ClosedArea()
    made |= {"auth": authentication, "api_keys": ApiKeys(keys), "documents": Documents(derive), "system": System()}
    return Services(**made)

"""Reads the tables of the contract."""

from __future__ import annotations

from astrbot_api.releases import contract


def main() -> None:
    """Every operation with a scope can be called with this scope."""
    described = contract()
    scopes: dict[str, str] = {operation.id: operation.scope for operation in described.keyed if operation.scope}

    assert scopes["list_bots"] == "bot"
    assert described.closure(["config"]) >= {"config", "bot"}

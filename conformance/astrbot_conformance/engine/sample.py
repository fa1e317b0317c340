"""Samples of operations."""

import random
from collections.abc import Iterable

from astrbot_api.operation import Operation


def sampled(operations: Iterable[Operation], size: int | None, seed: int, name: str) -> list[Operation]:
    """At most `size` of `operations`, chosen by the seed evenly among the scopes, in the order of the contract."""
    everything = list(operations)
    if size is None or size >= len(everything):
        return everything
    by_scope: dict[str, list[Operation]] = {}
    for operation in everything:
        by_scope.setdefault(str(operation.scope or operation.closed_scope), []).append(operation)
    chance = random.Random(f"{seed} {name}")  # noqa: S311  a sample, not a secret
    piles = [chance.sample(pile, len(pile)) for pile in by_scope.values()]
    rounds = [pile[turn] for turn in range(size) for pile in piles if turn < len(pile)]
    chosen = {operation.id for operation in rounds[:size]}
    return [operation for operation in everything if operation.id in chosen]

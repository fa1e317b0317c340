"""How checks are divided: among processes, by sample, and by operation."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from astrbot_api.operation import Operation

from astrbot_conformance.engine.catalogue import CollectedCheck
from astrbot_conformance.verdict.requirement import turn_of


@dataclass(frozen=True, slots=True)
class Shard:
    """The part of the checks that a process runs: one of `of`, or, as `LAST`, the checks that wait for all others."""

    number: int = 0
    of: int = 1


WHOLE, LAST = Shard(), Shard(of=0)


def mine(items: Sequence[CollectedCheck], share: Shard) -> list[CollectedCheck]:
    """The checks among `items` that belong to a share, in the same order.

    Checks about one operation stay together, since they use the same responses. Checks of one function that are about
    no particular operation also stay together.
    """
    if share == WHOLE:
        return list(items)
    waiting = [item for item in items if turn_of(item.function)]
    if share == LAST:
        return waiting
    groups: dict[str, int] = {}
    of = {item: groups.setdefault(_group(item), len(groups)) for item in items if item not in waiting}
    return [item for item, group in of.items() if group % share.of == share.number]


def _group(item: CollectedCheck) -> str:
    return item.about[0].id if len(item.about) == 1 else item.function.__name__


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

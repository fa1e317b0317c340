"""How the checks of a run are divided among its processes."""

from collections.abc import Sequence
from dataclasses import dataclass

from astrbot_conformance.engine.catalogue import Check
from astrbot_conformance.verdict.requirement import marks_of


@dataclass(frozen=True, slots=True)
class Shard:
    """The part of the checks that a process runs: one of `of`, or, as `LAST`, the checks that wait for all others."""

    number: int = 0
    of: int = 1

    def part_of(self, checks: Sequence[Check]) -> list[Check]:
        """The checks of this shard, in the same order.

        Checks about one operation stay together, since they use the same responses. Checks of one function that are
        about no particular operation also stay together.
        """
        if self == WHOLE:
            return list(checks)
        if self == LAST:
            return [check for check in checks if marks_of(check.function).turn]
        groups: dict[str, int] = {}
        concurrent = [check for check in checks if not marks_of(check.function).turn]
        group_of = {check: groups.setdefault(_group(check), len(groups)) for check in concurrent}
        return [check for check, group in group_of.items() if group % self.of == self.number]


WHOLE, LAST = Shard(), Shard(of=0)


def _group(check: Check) -> str:
    return check.about[0].id if len(check.about) == 1 else check.function.__name__

"""The selection of a run: which checks run, which findings count, and the seed of its samples."""

from dataclasses import dataclass

from astrbot_conformance.engine.name_filter import NameFilter
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.known import Deviation, decides


@dataclass(frozen=True, slots=True)
class Selection:
    """Which checks to run, which findings count, and the seed that chooses the samples. An empty set selects all."""

    seed: int
    requirements: frozenset[str] = frozenset()
    operations: frozenset[str] = frozenset()
    checks: frozenset[str] = frozenset()  # by name and operation, as a finding carries it
    names: NameFilter | None = None
    replays: bool = False  # whether passive checks also report operations that passed
    exhaustive: bool = False  # whether to run the exhaustive checks
    strict: bool = False  # whether SHOULD findings count, and stop a run that stops at the first
    known: tuple[Deviation, ...] = ()  # findings that neither count nor stop a run

    @property
    def is_whole(self) -> bool:
        """Whether it selects all checks."""
        return not (self.names or self.requirements or self.operations or self.checks)

    def counts(self, finding: Finding) -> bool:
        """Whether a finding decides the verdict."""
        return decides(finding, strict=self.strict, known=self.known)

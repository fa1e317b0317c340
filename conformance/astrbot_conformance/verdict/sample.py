"""What a run judged by sample: the checks that chose some of their candidates by the seed, and how many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from astrbot_conformance.verdict.judgement import Judgement

_choices: ContextVar[list[tuple[int, int]] | None] = ContextVar("choices", default=None)


@dataclass(frozen=True, slots=True)
class Sample:
    """A check that judged `judged` of `candidates` cases, chosen by the seed."""

    requirement: str
    check: str
    judged: int
    candidates: int


@contextmanager
def choosing() -> Iterator[list[tuple[int, int]]]:
    """Collect the choices of the check that runs in this thread: how many it chose, and of how many."""
    choices: list[tuple[int, int]] = []
    token = _choices.set(choices)
    try:
        yield choices
    finally:
        _choices.reset(token)


def note_choice(chosen: int, candidates: int) -> None:
    """Record a choice of the check that runs in this thread. A choice of all candidates is none."""
    choices = _choices.get()
    if choices is not None and chosen < candidates:
        choices.append((chosen, candidates))


def samples_of(judgements: Iterable[Judgement]) -> tuple[Sample, ...]:
    """The samples of a run, one for each check function, in the order of the judgements."""
    judged: dict[tuple[str, str], list[int]] = {}
    for judgement in judgements:
        function = judgement.check.partition("[")[0]
        total = judged.setdefault((judgement.requirement, function), [0, 0])
        if judgement.candidates is not None:
            total[0] += 1
            total[1] = judgement.candidates
        for chosen, candidates in judgement.choices:
            total[0] += chosen
            total[1] += candidates
    return tuple(Sample(*named, *total) for named, total in judged.items() if total[0] < total[1])

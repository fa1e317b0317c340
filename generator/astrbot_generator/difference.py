"""The entries that a module prints: all for the base, the difference from the release before for later releases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Generic, TypeVar

from astrbot_generator.code_plan import PlannedOperation, PlannedRequirement
from astrbot_generator.quoted_text import Identifier, PythonText, joined, literal, python

EntryT = TypeVar("EntryT", PlannedOperation, PlannedRequirement)


@dataclass(frozen=True)
class PrintedTable(Generic[EntryT]):
    """The entries that a module prints, and the arguments that merge them into the whole table."""

    lists: tuple[tuple[Identifier, tuple[EntryT, ...]], ...]
    """The constants that hold the printed entries."""
    arguments: PythonText | None
    """The arguments of `changed` after the first, each after a comma; None for the base: its one list is the table."""

    @property
    def printed(self) -> tuple[EntryT, ...]:
        """Every entry that the module prints."""
        return tuple(entry for _, entries in self.lists for entry in entries)


def whole(name: str, entries: tuple[EntryT, ...]) -> PrintedTable[EntryT]:
    """Returns the table of the base."""
    return PrintedTable(((Identifier(name), entries),), None)


def difference(
    before: Sequence[EntryT], entries: Sequence[EntryT], content: Callable[[EntryT], Any] = lambda entry: entry
) -> PrintedTable[EntryT]:
    """Returns the table of a later release; an entry is replaced if `content` returns something else for it."""
    old = {entry.id: entry for entry in before}
    ids: list[str] = [entry.id for entry in entries]
    blocks = SequenceMatcher(None, list(old), ids, autojunk=False).get_matching_blocks()
    in_place = {name for block in blocks for name in ids[block.b : block.b + block.size]}
    predecessors = dict(zip(ids, [None, *ids], strict=False))
    removed = tuple(name for name in old if name not in predecessors)
    replaced = tuple(e for e in entries if e.id in in_place and content(e) != content(old[e.id]))
    added = tuple(entry for entry in entries if entry.id not in in_place)
    lists = tuple((Identifier(name), listed) for name, listed in (("_REPLACED", replaced), ("_ADDED", added)) if listed)
    arguments = [python(", removed={}", literal(removed))] if removed else []
    arguments += [python(", {}={}", Identifier(name[1:].lower()), name) for name, _ in lists]
    if added:
        arguments.append(python(", after={}", literal({entry.id: predecessors[entry.id] for entry in added})))
    return PrintedTable(lists, joined(python(""), arguments))

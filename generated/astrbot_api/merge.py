"""Builds a table of a release from the same table of the release before it. Generated; do not edit."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar


class Entry(Protocol):
    """An entry of a table."""

    @property
    def id(self) -> str:
        """Its id, which is unique in the table."""


EntryT = TypeVar("EntryT", bound=Entry)


def changed(
    before: Iterable[EntryT],
    *,
    removed: Collection[str] = (),
    replaced: Iterable[EntryT] = (),
    added: Collection[EntryT] = (),
    after: Mapping[str, str | None] = MappingProxyType({}),
) -> tuple[EntryT, ...]:
    """Returns the entries of a release, in order.

    `removed` lists ids. An entry of `replaced` replaces the entry with the same id. `after` maps the id of each entry of
    `added` to the id that precedes it in the new table, or to None for the first entry. An added entry that already
    exists is moved.
    """
    dropped = {*removed, *(entry.id for entry in added)}
    new = {entry.id: entry for entry in replaced}
    table = [new.get(entry.id, entry) for entry in before if entry.id not in dropped]
    for entry in added:
        predecessor = after[entry.id]
        table.insert(0 if predecessor is None else [known.id for known in table].index(predecessor) + 1, entry)
    return tuple(table)

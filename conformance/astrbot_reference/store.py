"""What the server remembers: JSON objects by kind and id, in any database that SQLAlchemy reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    create_engine,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

JsonObject = dict[str, Any]

METADATA = MetaData()
ITEMS = Table(
    "items",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(64), nullable=False),
    Column("id", String(700), nullable=False),
    Column("value", JSON, nullable=False),
    UniqueConstraint("kind", "id"),
)
SETTINGS = "setting"

# Written once: to write a statement takes longer than to execute it.
THIS = (ITEMS.c.kind == bindparam("of_kind"), ITEMS.c.id == bindparam("of_id"))
GET = select(ITEMS.c.value).where(*THIS)
ALL = select(ITEMS.c.value).where(THIS[0]).order_by(ITEMS.c.position)
PUT = update(ITEMS).where(*THIS).values(value=bindparam("new_value"))
DELETE = delete(ITEMS).where(*THIS)


class Store:
    """JSON objects by kind and id, kept in the order in which they came.

    The values that are read are copies: changing one changes nothing until it is put back.
    """

    def __init__(self, url: str = "sqlite://") -> None:
        """Open the database at a SQLAlchemy URL and make its table where there is none.

        Raises sqlalchemy.exc.SQLAlchemyError when the URL or the database is unusable.
        """
        parsed = make_url(url)
        self.in_memory = parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:")
        # One shared connection: a second one would see an empty database of its own.
        options: JsonObject = (
            {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}} if self.in_memory else {}
        )
        self._engine = create_engine(parsed, **options)
        METADATA.create_all(self._engine)
        # Kept as long as the store: to fetch one for each question takes longer than to ask it.
        self._connection = self._engine.connect()

    def put(self, kind: str, id: str, value: JsonObject) -> None:
        """Keep a value: in its old place when the id is known, else at the end."""
        with self._connection.begin():
            if self._connection.execute(PUT, {"of_kind": kind, "of_id": id, "new_value": value}).rowcount == 0:
                self._connection.execute(insert(ITEMS).values(kind=kind, id=id, value=value))

    def get(self, kind: str, id: str) -> JsonObject | None:
        """The value, or None when there is none of that kind and id."""
        with self._connection.begin():
            row = self._connection.execute(GET, {"of_kind": kind, "of_id": id}).first()
        return None if row is None else row[0]

    def all(self, kind: str) -> list[JsonObject]:
        """Every value of a kind, the oldest first."""
        with self._connection.begin():
            return list(self._connection.execute(ALL, {"of_kind": kind}).scalars())

    def remove(self, kind: str, id: str) -> bool:
        """Forget a value. False when there was none."""
        with self._connection.begin():
            found = self._connection.execute(DELETE, {"of_kind": kind, "of_id": id})
        return found.rowcount > 0

    def replace_all(self, kind: str, items: Iterable[tuple[str, JsonObject]]) -> None:
        """Keep exactly these values of a kind, in this order; all or nothing."""
        rows = [{"kind": kind, "id": id, "value": value} for id, value in items]
        with self._connection.begin():
            self._connection.execute(delete(ITEMS).where(ITEMS.c.kind == kind))
            if rows:
                self._connection.execute(insert(ITEMS), rows)

    def setting(self, name: str, default: Any = None) -> Any:
        """A named value that stands for itself, such as a configuration."""
        kept = self.get(SETTINGS, name)
        return default if kept is None else kept["value"]

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a named value."""
        self.put(SETTINGS, name, {"value": value})

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
        self._engine.dispose()

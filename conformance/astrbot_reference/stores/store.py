"""The database of the server: JSON objects by kind and id, in any database that SQLAlchemy supports."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import RLock
from typing import Any, TypeVar

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
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import StaticPool

from astrbot_reference.refusal import Refusal

JsonObject = dict[str, Any]
T = TypeVar("T")

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
LONGEST_ID, HASHED = 250, "sha256:"
# Seconds to wait before each attempt to reach a lost database: a restart takes less.
ATTEMPTS = (0, 0.1, 0.2, 0.5, 1, 1, 2)
TIMEOUT = 10  # seconds that a database server may take to connect, and to execute a statement

# Built once: building a statement takes longer than executing it.
THIS = (ITEMS.c.kind == bindparam("of_kind"), ITEMS.c.id == bindparam("of_id"))
GET = select(ITEMS.c.value).where(*THIS)
ALL = select(ITEMS.c.value).where(THIS[0]).order_by(ITEMS.c.position)
PUT = update(ITEMS).where(*THIS).values(value=bindparam("new_value"))
RENAME = update(ITEMS).where(*THIS).values(id=bindparam("new_id"), value=bindparam("new_value"))
DELETE = delete(ITEMS).where(*THIS)


class Unavailable(Exception):
    """The database cannot be reached, or did not respond in time."""


class Store:
    """JSON objects by kind and id, in the order of creation.

    The values that are read are copies: changing one has no effect until it is stored. Each method is a transaction and
    can be repeated, so it survives a restart of the database. All raise Unavailable if the database stays away.
    """

    def __init__(self, url: str = "sqlite://", *, sleep: Callable[[float], None] = time.sleep) -> None:
        """Open the database at a SQLAlchemy URL and make its table if it has none.

        in_memory: whether the database is in this process. sleep: waits for some seconds.
        Raises sqlalchemy.exc.SQLAlchemyError if the URL or the database is unusable, ValueError if the URL is not one,
        ImportError if a driver is missing.
        """
        parsed = make_url(url)
        self.in_memory = parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:")
        self._sleep = sleep
        self._lock = RLock()  # a connection is for one thread at a time
        self._lost = False
        self._engine = create_engine(parsed, **_options(parsed, in_memory=self.in_memory))
        METADATA.create_all(self._engine)
        # Kept as long as the store: opening one for each statement takes longer than the statement.
        self._connection: Connection | None = self._engine.connect()

    def put(self, kind: str, id: str, value: JsonObject) -> None:
        """Store a value: in its old position if the id is known, else at the end."""

        def work(connection: Connection) -> None:
            asked = {"of_kind": kind, "of_id": _key(id), "new_value": value}
            if connection.execute(PUT, asked).rowcount == 0:
                connection.execute(insert(ITEMS).values(kind=kind, id=_key(id), value=value))

        self._transact(work)

    def get(self, kind: str, id: str) -> JsonObject | None:
        """The value; None if there is none of that kind and id."""
        asked = {"of_kind": kind, "of_id": _key(id)}
        row = self._transact(lambda connection: connection.execute(GET, asked).first())
        return None if row is None else row[0]

    def find(self, kind: str, id: str, missing: str, status: int = 400) -> JsonObject:
        """The value. Raises Refusal with this message and status if there is none of that kind and id."""
        found = self.get(kind, id)
        if found is None:
            raise Refusal(missing, status)
        return found

    def all(self, kind: str) -> list[JsonObject]:
        """Every value of a kind, the oldest first."""
        return self._transact(lambda connection: list(connection.execute(ALL, {"of_kind": kind}).scalars()))

    def remove(self, kind: str, id: str) -> bool:
        """Delete a value. False if there was none."""
        asked = {"of_kind": kind, "of_id": _key(id)}
        return self._transact(lambda connection: connection.execute(DELETE, asked).rowcount > 0)

    def rename(self, kind: str, id: str, new_id: str, value: JsonObject) -> None:
        """Replace a value and its id; it keeps its position."""
        asked = {"of_kind": kind, "of_id": _key(id), "new_id": _key(new_id), "new_value": value}
        self._transact(lambda connection: connection.execute(RENAME, asked))

    def replace_all(self, kind: str, items: Iterable[tuple[str, JsonObject]]) -> None:
        """Replace all values of a kind, in this order; all or nothing."""
        rows = [{"kind": kind, "id": _key(id), "value": value} for id, value in items]

        def work(connection: Connection) -> None:
            connection.execute(delete(ITEMS).where(ITEMS.c.kind == kind))
            if rows:
                connection.execute(insert(ITEMS), rows)

        self._transact(work)

    def setting(self, name: str, default: Any = None) -> Any:
        """A single named value, such as a configuration."""
        stored = self.get(SETTINGS, name)
        return default if stored is None else stored["value"]

    def set_setting(self, name: str, value: Any) -> None:
        """Store a single named value."""
        self.put(SETTINGS, name, {"value": value})

    def close(self) -> None:
        """Close the connection."""
        self._drop()
        self._engine.dispose()

    def _transact(self, work: Callable[[Connection], T]) -> T:
        """The result of the work, done in a transaction; repeated if the connection was lost."""
        with self._lock:
            if not self._lost:
                try:
                    return self._once(work)
                except DBAPIError as error:
                    if not self._is_loss(error):
                        raise
            return self._again(work)

    def _once(self, work: Callable[[Connection], T]) -> T:
        if self._connection is None:
            self._connection = self._engine.connect()
        with self._connection.begin():
            return work(self._connection)

    def _is_loss(self, error: DBAPIError) -> bool:
        """Whether an error is about the connection or the database server, and not about the statement."""
        if self.in_memory:  # no connection can be lost, and the database would end with it
            return False
        return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DBAPIError):
                connection.invalidate()
            connection.close()

    def _again(self, work: Callable[[Connection], T]) -> T:
        """Reconnect. A database that stayed away is tried just once for each piece of work, until it is back."""
        for pause in ATTEMPTS[:1] if self._lost else ATTEMPTS:
            if pause:
                self._sleep(pause)
            self._drop()
            try:
                result = self._once(work)
            except DBAPIError as error:
                if not self._is_loss(error):
                    raise
                last = error
            else:
                self._lost = False
                return result
        self._lost = True
        raise Unavailable("The database is not available") from last


def _options(url: URL, *, in_memory: bool) -> JsonObject:
    """The options of the connection."""
    if in_memory:  # one shared connection: a second one would see an empty database of its own
        return {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    if url.get_backend_name() != "postgresql" or "options" in url.query:
        return {"pool_pre_ping": True}
    limits = {"connect_timeout": TIMEOUT, "options": f"-c statement_timeout={TIMEOUT * 1000}"}
    return {"pool_pre_ping": True, "pool_size": 1, "connect_args": limits}


def _key(id: str) -> str:
    """The id in the database, which supports neither NUL nor ids of any length."""
    if len(id) <= LONGEST_ID and "\0" not in id and not id.startswith(HASHED):
        return id
    return HASHED + hashlib.sha256(id.encode(errors="surrogatepass")).hexdigest()

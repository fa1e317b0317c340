"""The stub of a second path (`x-alias-of`) calls the operation, if both take and return the same types."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from tests.generator.making import contract, load, operation

ID = {"schema": {"type": "string"}, "required": True}
BODY = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
BOOK = {"200": {"description": "A book.", "content": {"text/plain": {"schema": {"type": "string"}}}}}


def path(name: str, parameter: str = "book_id", param_in: str = "query", **parts: Any) -> dict[str, Any]:
    """A path that returns a book."""
    parameters = [{"name": parameter, "in": param_in, **ID}]
    return {"get": operation(name, parameters=parameters, responses=BOOK, **parts)}


BOOKS = contract(
    paths={
        "/books/{book_id}": path("get_book", param_in="path"),
        "/by-id": path("same_types", **{"x-alias-of": "get_book"}),
        "/by-name": path("another_argument", parameter="name", **{"x-alias-of": "get_book"}),
        "/by-body": path("another_body", requestBody=BODY, **{"x-alias-of": "get_book"}),
        "/alias": path("alias_of_an_alias", **{"x-alias-of": "same_types"}),
        "/own": path("alias_of_itself", **{"x-alias-of": "alias_of_itself"}),
        "/shelf": path("another_tag", tags=["shelf"], **{"x-alias-of": "get_book"}),
        "/public": path("no_caller", security=[], **{"x-alias-of": "get_book"}),
        "/books": {"get": operation("another_result", parameters=[{"name": "book_id", "in": "query", **ID}])},
    }
)


def test_only_a_second_path_with_the_same_types_calls_the_operation(tmp_path: Path) -> None:
    """A service that extends its protocol inherits that method only; all others are its own to implement."""
    server = load(tmp_path, BOOKS).server
    calling: dict[str, Any] = {}
    for protocol in (server.books.BooksService, server.shelf.ShelfService):
        calling |= {name: method for name, method in vars(protocol).items() if asyncio.iscoroutinefunction(method)}

    class Books(server.books.BooksService):  # type: ignore[name-defined, misc]
        async def get_book(self, *, caller: object, book_id: str) -> str:
            return f"{book_id} for {caller}"

    assert asyncio.run(Books().same_types(caller="me", book_id="1")) == "1 for me"
    assert [name for name, method in calling.items() if "get_book" in method.__code__.co_names] == ["same_types"]

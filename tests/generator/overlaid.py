"""A small library as a contract, and overlays of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from astrbot_generator.read import Table
from astrbot_generator.releases import releases

from tests.generator.making import contract, operation, write

SHELF = {"type": "object", "required": ["title"], "properties": {"title": {"type": "string", "maxLength": 9}}}
ANSWER = {"description": "One.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shelf"}}}}
GONE = {"description": "Gone."}
LIBRARY = contract(
    **{
        "x-release": "1.0",
        "paths": {
            "/books": {
                "get": operation(
                    "list_books", responses={"200": ANSWER, "410": {"$ref": "#/components/responses/Gone"}}
                )
            },
            "/shelves": {
                "get": operation(
                    "list_shelves",
                    parameters=[
                        {"name": name, "in": "query", "schema": {"type": "string"}} for name in ("a", "b", "c")
                    ],
                )
            },
        },
        "components": {
            "schemas": {"Shelf": SHELF},
            "responses": {"Gone": GONE},
            "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        },
    }
)
RELEASE = {"target": "$", "update": {"x-release": "1.1"}}


def overlay(*actions: Any, **parts: Any) -> dict[str, Any]:
    """An overlay of these actions."""
    return {"overlay": "1.0.0", "info": {"title": "Later", "version": "1"}, "actions": list(actions), **parts}


def written(folder: Path, **overlays: Any) -> Path:
    """Writes the library with these overlays, each called as its release with `_` for `.`; gives the root."""
    for release, value in overlays.items():
        write(folder / "overlays", value, f"{release.removeprefix('r').replace('_', '.')}.yaml")
    return write(folder, LIBRARY)


def changed(folder: Path, *actions: Any) -> Table:
    """What these actions make of the library."""
    return releases(written(folder, r1_1=overlay(RELEASE, *actions)))[1]

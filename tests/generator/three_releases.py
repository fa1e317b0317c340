"""A contract of three releases: a library, and what two later releases change."""

from __future__ import annotations

from typing import Any

from tests.generator.making import contract, operation

OVERLAY = {"overlay": "1.0.0", "info": {"title": "Later", "version": "1"}}
TITLED = {"type": "object", "required": ["title"], "properties": {"title": {"type": "string", "minLength": 1}}}


def answering(name: str) -> dict[str, Any]:
    """Answers that are one component."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    return {"200": {"description": "Done.", "content": content}}


LIBRARY = contract(
    **{
        "x-release": "1.0",
        "x-requirements": {"ORDER": {"level": "MUST", "sentence": "In order.", "source": "us"}},
        "paths": {
            "/books": {"get": operation("list_books", responses=answering("Book"))},
            "/rooms": {"get": operation("list_rooms", responses=answering("Room"))},
            "/maps": {"get": operation("list_maps", responses=answering("Titled"))},
        },
        "components": {
            "schemas": {
                "Titled": TITLED,
                "Book": {
                    "allOf": [{"$ref": "#/components/schemas/Titled"}, {"properties": {"pages": {"type": "integer"}}}],
                    "type": "object",
                },
                "Room": {"type": "object", "properties": {"first": {"$ref": "#/components/schemas/Book"}}},
                "Shelf": {"type": "object", "properties": {"plan": {"type": "object", "required": ["width"]}}},
            },
            "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        },
    }
)
LIBRARY["paths"]["/maps"]["get"]["responses"]["404"] = {
    "description": "None.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shelf"}}},
}
OLD = {
    "x-release": "1.1",
    "x-scopes": {"read:all": {"en": "Secrets.", "zh": "密。", "requires": "read"}},
    "paths": {
        "/books": {
            "get": {
                "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
                "x-sub-scopes": {"read:all": "For secret books."},
            }
        }
    },
}
NEW = {
    "x-release": "2.0",
    "x-requirements": {"ORDER": {"sentence": "In strict order."}},
    "paths": {"/chairs": {"get": operation("list_chairs", responses=answering("Chair"))}},
    "components": {
        "schemas": {
            "Book": {"required": ["pages"]},
            "Chair": {
                "type": "object",
                "allOf": [{"$ref": "#/components/schemas/Titled"}],
                "required": ["legs"],
                "properties": {"legs": {"type": "integer"}},
            },
        }
    },
}

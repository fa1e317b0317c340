"""A contract of another origin: parameters in all four places, five kinds of bodies, six kinds of security."""

from __future__ import annotations

from typing import Any

from tests.generator.making import OK

PET = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "tag": {"type": "string"}}}
TEXT = {"description": "Text.", "content": {"text/plain": {"schema": {"type": "string"}}}}
PETS: dict[str, Any] = {
    "openapi": "3.1.1",
    "info": {"title": 'Pets \\ "shop"', "version": "1"},
    "security": [{"token": []}],
    "paths": {
        "/": {"get": {"security": [], "responses": {"200": TEXT}}},
        "/pets": {
            "parameters": [{"name": "X-Trace", "in": "header", "schema": {"type": "string"}}],
            "get": {
                "tags": ["the pets"],
                "parameters": [
                    {"$ref": "#/components/parameters/Limit"},
                    {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                    {
                        "name": "ids",
                        "in": "query",
                        "explode": False,
                        "schema": {"type": "array", "items": {"type": "integer"}},
                    },
                    {
                        "name": "kind",
                        "in": "query",
                        "schema": {"type": "string", "enum": ["cat", "dog"], "default": "cat"},
                    },
                    {"name": "class", "in": "query", "schema": {"type": "boolean"}},
                    {"name": "session", "in": "cookie", "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {
                        "description": "Some.",
                        "content": {
                            "application/json": {
                                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
                            }
                        },
                    },
                    "default": {"description": "Else."},
                },
            },
            "post": {
                "tags": ["the pets"],
                "security": [{"basic": []}, {"login": ["write:pets"]}],
                "requestBody": {"$ref": "#/components/requestBodies/Pet"},
                "responses": {
                    "201": {
                        "description": "Made.",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                    },
                    "202": {"description": "Later."},
                },
            },
        },
        "/pets/{pet-id}": {
            "parameters": [
                {"name": "pet-id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
            ],
            "get": {
                "responses": {
                    "200": {
                        "description": "One.",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "oneOf": [
                                        {"$ref": "#/components/schemas/Pet"},
                                        {"$ref": "#/components/schemas/Gone"},
                                    ]
                                }
                            }
                        },
                    }
                },
            },
            "put": {
                "requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}, "image/*": {}}},
                "responses": {"204": {"description": "Kept."}},
            },
            "delete": {"deprecated": True, "responses": {"2XX": {"description": "Gone."}}},
        },
        "/pets/{pet-id}/photos": {
            "post": {
                "parameters": [{"name": "pet-id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "requestBody": {
                    "required": True,
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "required": ["photo"],
                                "properties": {
                                    "photo": {"type": "string", "contentMediaType": "image/png"},
                                    "width": {"type": "integer"},
                                },
                            }
                        }
                    },
                },
                "responses": OK,
            }
        },
        "/login": {
            "post": {
                "security": [],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/x-www-form-urlencoded": {
                            "schema": {
                                "type": "object",
                                "required": ["user"],
                                "properties": {"user": {"type": "string", "minLength": 2}},
                            }
                        }
                    },
                },
                "responses": OK,
            }
        },
    },
    "webhooks": {
        "newPet": {
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
                "responses": {"200": {"description": "Heard."}},
            }
        }
    },
    "components": {
        "parameters": {
            "Limit": {
                "name": "limit",
                "in": "query",
                "schema": {"type": "integer", "minimum": 1, "maximum": 9, "default": 5},
            }
        },
        "requestBodies": {
            "Pet": {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}
        },
        "schemas": {"Pet": PET, "Gone": {"const": "gone"}},
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            "basic": {"type": "http", "scheme": "basic"},
            "login": {
                "type": "oauth2",
                "flows": {"implicit": {"authorizationUrl": "https://example.org", "scopes": {"write:pets": "Write."}}},
            },
            "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
            "open": {"type": "openIdConnect", "openIdConnectUrl": "https://example.org"},
            "mutual": {"type": "mutualTLS"},
        },
    },
}

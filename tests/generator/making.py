"""Makes contracts, and packages from them, for tests."""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from astrbot_generator.cli import generate

_numbers = itertools.count()
OK = {"200": {"description": "Done.", "content": {"application/json": {"schema": {"type": "object"}}}}}


def contract(**parts: Any) -> dict[str, Any]:
    """A small contract with these parts; scopes, one operation and one scheme unless other parts are given."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Library", "version": "1.0.0"},
        "x-scopes": {"read": {"en": "Read.", "zh": "读。"}, "all": {"en": "All.", "zh": "全部。", "implies": ["read"]}},
        "x-closed-scopes": ["vault"],
        "paths": {"/books": {"get": operation("list_books")}},
        "components": {"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
        **parts,
    }


def operation(name: str, scope: str = "read", **parts: Any) -> dict[str, Any]:
    """An operation that asks for one scope."""
    return {
        "operationId": name,
        "tags": ["books"],
        "summary": "Do it.",
        "security": [{"Key": [scope]}],
        "x-side-effect": "read",
        "responses": OK,
        **parts,
    }


def schemas(**named: Any) -> dict[str, Any]:
    """A contract of any origin, without scopes, that has these component schemas."""
    head = {"openapi": "3.1.0", "info": {"title": "Shapes", "version": "1"}, "paths": {}}
    return {**head, "components": {"schemas": named}}


def write(folder: Path, value: Any, name: str = "openapi.yaml") -> Path:
    """Writes a contract as YAML; text as it is."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else yaml.safe_dump(value, sort_keys=False), encoding="utf-8")
    return path


def make(folder: Path, value: Any) -> Path:
    """Generates from a contract; gives the output folder."""
    out = folder / "out"

    assert generate(["--spec", str(write(folder / "spec", value)), "--out", str(out)]) == 0

    return out


def load(folder: Path, value: Any) -> ModuleType:
    """Generates from a contract and imports the package, under a name of its own."""
    return imported(make(folder, value))


def imported(out: Path) -> ModuleType:
    """Imports the package in an output folder, under a name of its own."""
    name = f"made_{next(_numbers)}"
    source = out / "astrbot_api"
    spec = importlib.util.spec_from_file_location(
        name, source / "__init__.py", submodule_search_locations=[str(source)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[name] = package
    spec.loader.exec_module(package)
    generated = {path.stem for path in source.iterdir()}
    for module in ("models", "operations", "releases", "scopes", "validation", "server"):
        if module in generated:  # else only models were generated
            importlib.import_module(f"{name}.{module}")
    return package

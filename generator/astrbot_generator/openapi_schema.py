"""The schema of OpenAPI documents that the OpenAPI Initiative publishes."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any


@cache
def openapi_schema(version: str) -> Any:
    """Returns the schema of a version, `v3.0` or `v3.1`."""
    package = find_spec("openapi_spec_validator")  # only its schemas are needed: its import takes half a second
    folder = Path(next(iter((package and package.submodule_search_locations) or ())))
    return json.loads((folder / "resources" / "schemas" / version / "schema.json").read_text("utf-8"))

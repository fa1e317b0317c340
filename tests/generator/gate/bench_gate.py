"""Times the gate: a small pair from the shell, our contract with one change, and a contract of 1,200 operations."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[3]
SMALL = """\
openapi: 3.1.0
info: {title: Small, version: 1.0.0}
paths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {type: %s}}}}}}}}
"""


def large(operations: int, most: int) -> dict[str, Any]:
    """A contract with a number of operations over shared, recursive schemas."""
    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for index in range(operations // 4):
        name = f"Thing{index}"
        members: dict[str, Any] = {
            f"member{i}": {"type": "string", "maxLength": most if i == 7 else 50} for i in range(20)
        }
        members["inner"] = {"$ref": f"#/components/schemas/Thing{index // 10 * 10 + (index * 7 + 1) % 10}"}
        members["same"] = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
        schemas[name] = {"type": "object", "required": ["member0", "member1"], "properties": members}
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        answers = {"responses": {"200": {"description": "x", "content": content}}}
        parameters = [{"name": "q", "in": "query", "schema": {"type": "integer", "maximum": 9}}]
        paths[f"/things{index}"] = {
            method: {"operationId": f"{method}_{index}", "requestBody": {"content": content}, **answers}
            for method in ("put", "post", "patch")
        } | {"get": {"operationId": f"get_{index}", "parameters": parameters, **answers}}
    info = {"title": "Large", "version": "1.0.0"}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}


def timed(title: str, folder: Path, *arguments: str | Path) -> None:
    """Runs the gate in a process of its own and prints how long it took, and the most memory any took so far."""
    command = [sys.executable, "-m", "astrbot_generator", "gate", *map(str, arguments)]
    times = []
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True)
        times.append(time.perf_counter() - start)
        assert done.returncode in (0, 1), done.stderr
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{title:<52} {min(times):6.2f} s   {memory:4d} MiB")


def main() -> None:
    """Prints the table."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, kind in (("old.yaml", "string"), ("new.yaml", "integer")):
            (folder / file).write_text(SMALL % kind)
        timed("a small pair", folder, "--base", "old.yaml", "--head", "new.yaml")
        shutil.copytree(ROOT / "spec", folder / "spec")
        bots = folder / "spec/schemas/bots.yaml"
        bots.write_text(bots.read_text().replace("required: [action]", "required: [action, registration_code]"))
        head = ("--head", "spec/openapi.yaml")
        timed("our contract, one change", folder, "--base", ROOT / "spec/openapi.yaml", *head)
        timed("the same with our rules", folder, "--base", ROOT / "spec/openapi.yaml", *head, "--rules", "astrbot")
        timed("our contract with generated code", ROOT, "--base", ROOT / "spec/openapi.yaml")
        for file, most in (("large.json", 50), ("larger.json", 49)):
            (folder / file).write_text(json.dumps(large(1200, most)))
        timed("1,200 operations against themselves", folder, "--base", "large.json", "--head", "large.json")
        timed("1,200 operations, all 300 schemas changed", folder, "--base", "large.json", "--head", "larger.json")


if __name__ == "__main__":
    main()

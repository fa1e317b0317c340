"""One edit of a scope in the contract changes models, tables, server and pages, with no other edit."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

from astrbot_api.releases import BASE, NEWEST, RELEASES
from astrbot_generator.generate import generate
from astrbot_generator.publish import publish

from tests.generator.making import imported

ROOT = Path(__file__).parents[2]
PACKAGE = PurePosixPath("astrbot_api")


def test_another_scope_for_one_operation(tmp_path: Path) -> None:
    """`list_bots` under `config` instead of `bot`: only the files that name the scope change, not the differences."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    paths = tmp_path / "spec" / "paths" / "bots.yaml"
    before, operation, after = paths.read_text("utf-8").partition("operationId: list_bots\n")
    edited = after.replace(
        "[{BearerKey: [bot]}, {HeaderKey: [bot]}]", "[{BearerKey: [config]}, {HeaderKey: [config]}]", 1
    )
    paths.write_text(before + operation + edited, encoding="utf-8")

    old, new = generate(ROOT / "spec" / "openapi.yaml"), generate(tmp_path / "spec" / "openapi.yaml")

    changed = {str(path) for path in old if old[path] != new[path]}
    package = "astrbot_api" if NEWEST == BASE else f"astrbot_api/r{NEWEST.replace('.', '_')}"
    wanted = {"astrbot_api/operations.py", "astrbot_api/server/bots.py", f"{package}/server/bots.py"}
    for release in RELEASES:
        folder = "astrbot_api" if release == BASE else f"astrbot_api/r{release.replace('.', '_')}"
        pages = "docs" if release == BASE else f"docs/releases/{release}"
        wanted |= {f"{folder}/openapi.json", f"{pages}/scopes.md", f"{pages}/scopes.zh.md"}

    assert old.keys() == new.keys()
    assert changed == wanted
    assert '"""List the bots. `GET /api/v1/bots`, scope `config`."""' in new[PACKAGE / "server" / "bots.py"]


def test_a_new_scope(tmp_path: Path) -> None:
    """A scope that the root declares is in the enum, in what is implied and in both pages."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    root = tmp_path / "spec" / "openapi.yaml"
    text = root.read_text("utf-8")
    added = "x-scopes:\n  audit: {en: Read what was done., zh: 读取审计记录。, implies: [config]}\n"
    root.write_text(text.replace("x-scopes:\n", added, 1), encoding="utf-8")

    out = tmp_path / "out"
    publish(generate(root), out)

    scopes = imported(out).scopes
    assert scopes.closure(["audit"]) == {"audit", "config", "bot", "provider"}
    assert scopes.sufficient("bot") == {"bot", "config", "audit"}
    assert "## audit" in (out / "docs/scopes.md").read_text("utf-8")
    assert "读取审计记录。" in (out / "docs/scopes.zh.md").read_text("utf-8")

"""Plugins that come as a zip archive. Nothing in an archive is run."""

from __future__ import annotations

import ast
import json
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile

import yaml
from astrbot_api.models import PluginConfigItems
from pydantic import ValidationError

from .plugin_packages import JsonObject, Package

MOST_FILES = 2_000
MOST_BYTES = 32 * 1024 * 1024
METADATA = "metadata.yaml"


class BadArchive(Exception):
    """What came is not the archive of a plugin; the message says why."""


def read_archive(content: bytes) -> Package:
    """The plugin in an archive. Its code is read, not run: it brings the routes that it registers, and no commands.

    Raises BadArchive when it is no zip archive, is too big, or lacks or garbles what a plugin needs.
    """
    try:
        found = unpacked(content)
        return package(found)
    except BadArchive:
        raise
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        # RuntimeError: encrypted; NotImplementedError: packed in an unknown way; ValueError: broken names or JSON.
        raise BadArchive(f"The archive cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise BadArchive(f"{METADATA} cannot be read: {error}") from error


def unpacked(content: bytes) -> dict[PurePosixPath, bytes]:
    """The files of the folder that holds the metadata, by path within it."""
    with ZipFile(BytesIO(content)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MOST_FILES or sum(member.file_size for member in members) > MOST_BYTES:
            raise BadArchive("The archive is too big")
        paths = [PurePosixPath(member.filename) for member in members]
        tops = [path.parent for path in paths if path.name == METADATA]
        if not tops:
            raise BadArchive(f"The archive has no {METADATA}")
        top = min(tops, key=lambda path: len(path.parts))
        inside = [(path, member) for path, member in zip(paths, members, strict=True) if path.is_relative_to(top)]
        return {path.relative_to(top): archive.read(member) for path, member in inside}


def package(found: dict[PurePosixPath, bytes]) -> Package:
    """The plugin that these files make up."""
    metadata = yaml.safe_load(found[PurePosixPath(METADATA)])
    if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str):
        raise BadArchive(f"{METADATA} names no plugin")
    if PurePosixPath("main.py") not in found:
        raise BadArchive("The archive has no main.py")
    platforms = metadata.get("support_platforms")
    return Package(
        name=text(metadata, "name") or "",
        author=text(metadata, "author") or "",
        desc=text(metadata, "desc") or "",
        short_desc=text(metadata, "short_desc"),
        version=text(metadata, "version") or "",
        repo=text(metadata, "repo"),
        display_name=text(metadata, "display_name"),
        support_platforms=[name for name in platforms if isinstance(name, str)] if isinstance(platforms, list) else [],
        astrbot_version=text(metadata, "astrbot_version"),
        readme=file_text(found, "README.md"),
        changelog=file_text(found, "CHANGELOG.md"),
        config_items=config_items(found),
        pages=pages(found),
        routes=routes(found),
    )


def text(metadata: dict[Any, Any], name: str) -> str | None:
    """A member of the metadata; None when it is absent, empty or no text."""
    value = metadata.get(name)
    # YAML can write halves of surrogate pairs, which no answer can carry.
    return value.encode(errors="replace").decode() if isinstance(value, str) and value else None


def file_text(found: dict[PurePosixPath, bytes], name: str) -> str | None:
    """A file as text; None where there is none."""
    content = found.get(PurePosixPath(name))
    return None if content is None else content.decode(errors="replace")


def config_items(found: dict[PurePosixPath, bytes]) -> JsonObject:
    """The items of the configuration, where the plugin has one."""
    described = file_text(found, "_conf_schema.json")
    if described is None:
        return {}
    try:
        items: JsonObject = json.loads(described)
        PluginConfigItems.model_validate(items)
    except (ValidationError, RecursionError) as error:
        raise BadArchive("_conf_schema.json does not describe a configuration") from error
    return items


def routes(found: dict[PurePosixPath, bytes]) -> list[JsonObject]:
    """What the code registers to be answered, by path and method; here it echoes the request."""
    try:
        tree = ast.parse(file_text(found, "main.py") or "")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    made: list[JsonObject] = []
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "register_web_api" and len(call.args) >= 3:
            path, methods = (literal(argument) for argument in (call.args[0], call.args[2]))
            if isinstance(path, str) and isinstance(methods, list):
                made += [{"method": str(method), "path": path.lstrip("/")} for method in methods]
    return made


def literal(expression: ast.expr) -> object:
    """What an expression says that needs no running; None for any other."""
    try:
        value: object = ast.literal_eval(expression)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return None
    return value


def pages(found: dict[PurePosixPath, bytes]) -> dict[str, dict[str, str]]:
    """The files of each folder in `pages` that has an `index.html`. What is not text is left out."""
    made: dict[str, dict[str, str]] = {}
    for path, content in found.items():
        if path.parts[0] != "pages" or len(path.parts) < 3:
            continue
        try:
            made.setdefault(path.parts[1], {})["/".join(path.parts[2:])] = content.decode()
        except UnicodeDecodeError:
            continue
    return {name: kept for name, kept in made.items() if "index.html" in kept}

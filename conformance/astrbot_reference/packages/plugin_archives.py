"""Plugins in ZIP archives. No code in an archive is run."""

from __future__ import annotations

import ast
import json
from pathlib import PurePosixPath
from typing import Any

import yaml
from astrbot_api.models import PluginConfigItems

from .archives import BadArchive, unpack
from .plugin_commands import COMMAND, commands
from .plugin_packages import JsonObject, Package

METADATA, CODE, CONFIGURATION = "metadata.yaml", "main.py", "_conf_schema.json"
TEXTS = ("README.md", "CHANGELOG.md")
PAGES = "pages"
READ = {METADATA: 64, CODE: 8 * 1024, CONFIGURATION: 256} | dict.fromkeys(TEXTS, 256)  # KiB of each at most
MOST_PAGES = 2 * 1024  # KiB of all pages: they are kept with the plugin
# A parser of Python holds the interpreter until it is done, for about a second per MiB, with 2 KiB of memory per line.
LARGEST_PARSED = 128 * 1024
REGISTERS = b"register_web_api"


class MetadataLoader(yaml.SafeLoader):
    """Reads YAML without aliases: a few lines with aliases can stand for billions of values."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """A node. Raises BadArchive for an alias."""
        if self.check_event(yaml.AliasEvent):
            raise BadArchive(f"{METADATA} has an alias, which is not read")
        return super().compose_node(parent, index)


def read_archive(content: bytes) -> Package:
    """The plugin in an archive. Its code is parsed for routes and commands, and never run.

    Raises BadArchive if it is not a ZIP archive, exceeds a limit, or lacks a valid file that a plugin needs.
    """
    return package(within_top(unpack(content, needed)))


def needed(path: PurePosixPath) -> bool:
    """Whether a file is read."""
    return path.name in READ or PAGES in path.parts


def within_top(files: dict[PurePosixPath, bytes]) -> dict[PurePosixPath, bytes]:
    """The files of the folder that holds the metadata, by path within it. Raises BadArchive if there is none."""
    tops = [path.parent for path in files if path.name == METADATA]
    if not tops:
        raise BadArchive(f"The archive has no {METADATA}")
    top = min(tops, key=lambda path: len(path.parts))
    found = {path.relative_to(top): content for path, content in files.items() if path.is_relative_to(top)}
    sizes = {name: len(found.get(PurePosixPath(name), b"")) for name in READ}
    if large := next((name for name, size in sizes.items() if size > READ[name] * 1024), None):
        raise BadArchive(f"{large} has more than {READ[large]} KiB")
    if sum(len(content) for path, content in found.items() if path.parts[0] == PAGES) > MOST_PAGES * 1024:
        raise BadArchive(f"The pages have more than {MOST_PAGES} KiB")
    return found


def package(found: dict[PurePosixPath, bytes]) -> Package:
    """The plugin that consists of these files."""
    metadata = read_metadata(found[PurePosixPath(METADATA)])
    if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str):
        raise BadArchive(f"{METADATA} names no plugin")
    if PurePosixPath(CODE) not in found:
        raise BadArchive(f"The archive has no {CODE}")
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
        components=components(found),
        broken=broken(found),
    )


def read_metadata(content: bytes) -> Any:
    """The metadata. Raises BadArchive if it is not valid YAML, or nested too deeply."""
    try:
        return yaml.load(content, MetadataLoader)  # noqa: S506  a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a date that does not exist
        raise BadArchive(f"{METADATA} cannot be read: {error}") from error


def text(metadata: dict[Any, Any], name: str) -> str | None:
    """A member of the metadata; None if it is absent, empty or not text."""
    value = metadata.get(name)
    # YAML can write halves of surrogate pairs, which no answer can carry.
    return value.encode(errors="replace").decode() if isinstance(value, str) and value else None


def file_text(found: dict[PurePosixPath, bytes], name: str) -> str | None:
    """A file as text; None if there is none."""
    content = found.get(PurePosixPath(name))
    return None if content is None else content.decode(errors="replace")


def config_items(found: dict[PurePosixPath, bytes]) -> JsonObject:
    """The items of the configuration, if the plugin has one."""
    described = file_text(found, CONFIGURATION)
    if described is None:
        return {}
    try:
        items: JsonObject = json.loads(described)
        PluginConfigItems.model_validate(items)
    except (ValueError, RecursionError) as error:
        raise BadArchive(f"{CONFIGURATION} does not describe a configuration") from error
    return items


def routes(found: dict[PurePosixPath, bytes]) -> list[JsonObject]:
    """The routes that the code registers, by path and method; each echoes its request.

    Raises BadArchive if the code registers routes and is too long to be parsed.
    """
    code = found[PurePosixPath(CODE)]
    if REGISTERS not in code:
        return []
    if len(code) > LARGEST_PARSED:
        raise BadArchive(f"{CODE} registers routes and has more than {LARGEST_PARSED // 1024} KiB")
    calls = [node for node in parse_code(code) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    made: list[JsonObject] = []
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr == REGISTERS.decode() and len(call.args) >= 3:
            path, methods = (literal(argument) for argument in (call.args[0], call.args[2]))
            if isinstance(path, str) and isinstance(methods, list):
                made += [{"method": str(method), "path": path.lstrip("/")} for method in methods]
    return made


def components(found: dict[PurePosixPath, bytes]) -> list[JsonObject]:
    """The commands in the code, unless it is too long to be parsed."""
    code = found[PurePosixPath(CODE)]
    return commands(parse_code(code)) if COMMAND.encode() in code and len(code) <= LARGEST_PARSED else []


def broken(found: dict[PurePosixPath, bytes]) -> str | None:
    """Why the code is not valid Python; None if it is, or if it is too long to be parsed."""
    code = found[PurePosixPath(CODE)]
    try:
        if len(code) <= LARGEST_PARSED:
            ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return f"{CODE} is not valid Python"
    return None


def parse_code(code: bytes) -> list[ast.AST]:
    """Every node of the code; none if it is not valid Python."""
    try:
        return list(ast.walk(ast.parse(code.decode(errors="replace"))))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def literal(expression: ast.expr) -> object:
    """The value of a literal expression; None for any other expression."""
    try:
        value: object = ast.literal_eval(expression)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return None
    return value


def pages(found: dict[PurePosixPath, bytes]) -> dict[str, dict[str, str]]:
    """The files of each folder in `pages` that has an `index.html`. Files that are not text are left out."""
    made: dict[str, dict[str, str]] = {}
    for path, content in found.items():
        if path.parts[0] != PAGES or len(path.parts) < 3:
            continue
        try:
            made.setdefault(path.parts[1], {})["/".join(path.parts[2:])] = content.decode()
        except UnicodeDecodeError:
            continue
    return {name: stored for name, stored in made.items() if "index.html" in stored}

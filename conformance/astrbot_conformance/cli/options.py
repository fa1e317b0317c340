"""Conversion of command-line options to the options of a run and the connection to its target."""

import argparse
import json
import math
import os
import random
import ssl
from collections.abc import Collection
from pathlib import Path
from typing import Any

from astrbot_api import releases
from astrbot_reference.command_line import UsageError, nearest, reject_empty_variables

from astrbot_conformance.browser.browser import NoBrowser, find_browser
from astrbot_conformance.contract import operations_of_all_releases, requirements_of_all_releases
from astrbot_conformance.engine.name_filter import InvalidExpressionError, NameFilter
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.given_file import LARGEST, UnreadableFileError, read_bytes
from astrbot_conformance.http import Effects, TargetOptions
from astrbot_conformance.inputs.strategies import MEDIA
from astrbot_conformance.keys.given_keys import GivenKey, UnreadableKeysError, read_keys
from astrbot_conformance.preflight.first_contact import base_of
from astrbot_conformance.run_mark import PREFIX, is_mark, is_old_mark
from astrbot_conformance.secret import UNSENDABLE, is_sendable, secret_in
from astrbot_conformance.verdict.known import Deviation, UnreadableKnownError, read_known
from astrbot_conformance.verdict.selection import narrowing_options

MOST_WORKERS, MOST_AT_ONCE = 64, 256
LONGEST_TIMEOUT = 3600


RELEASE = Path("release")  # instead of a file: the known deviations of the judged release


def run_options(arguments: argparse.Namespace) -> RunOptions:
    """The run options for these arguments. Raises UsageError if a named file, check or operation does not exist."""
    if not 1 <= arguments.concurrency <= MOST_AT_ONCE or (arguments.max_chats or 0) < 0:
        raise UsageError(f"--concurrency must be from 1 to {MOST_AT_ONCE}, and --max-chats 0 or more")
    if arguments.rate is not None and not 0 < arguments.rate < math.inf:
        raise UsageError("--rate must be more than 0")
    _must_be_writable(arguments.report)
    reject_empty_variables(_variables_read(arguments))
    seed = random.randrange(2**32) if arguments.seed is None else arguments.seed  # noqa: S311  a sample, not a secret
    selection = Selection(
        seed=seed,
        requirements=_requirements(arguments),
        operations=_operations(arguments),
        names=_names(arguments.expression),
        exhaustive=arguments.exhaustive,
        strict=arguments.strict,
        known=tuple(known for path in arguments.known if path != RELEASE for known in _deviations(path)),
    )
    expired = secret_in("ASTRBOT_KEY_EXPIRED")
    if expired and not is_sendable(expired.reveal()):
        raise UsageError(f"ASTRBOT_KEY_EXPIRED {UNSENDABLE}")
    if arguments.keys and arguments.url is None:
        raise UsageError("--keys needs the URL of the target that issued the keys")
    return RunOptions(
        target=target_options(arguments),
        username=os.environ.get("ASTRBOT_USERNAME"),
        password=secret_in("ASTRBOT_PASSWORD"),
        expired_key=expired,
        attachments=_attachments(arguments),
        selection=selection,
        stop_at_first=arguments.stop_at_first,
        given=_given(arguments.keys),
        max_chats=arguments.max_chats,
        browser=browser_of() if arguments.ui else None,
        narrowed_by=narrowing_options(arguments),
        workers=workers(arguments.workers),
        release=release_of(arguments),
        forgiving=RELEASE in arguments.known,
    )


def _variables_read(arguments: argparse.Namespace) -> tuple[str, ...]:
    """The environment variables that a run with these options reads."""
    login = () if arguments.url is None or arguments.keys else ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD")
    expired = () if arguments.url is None else ("ASTRBOT_KEY_EXPIRED",)
    return (*login, *expired, *(("ASTRBOT_CHROMIUM",) if arguments.ui else ()))


def _must_be_writable(folder: Path) -> None:
    """Raise UsageError if a run could not write its report to the folder, before the run instead of at its end."""
    not_writable = UsageError(f"--report {folder}: the report cannot be written to this folder")
    try:
        existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    except OSError:  # a name that is too long, or a folder without read permission
        raise not_writable from None
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        raise not_writable


def _attachments(arguments: argparse.Namespace) -> dict[str, str]:
    """The attachments in the options: id -> type."""
    types: dict[str, str] = {}
    if arguments.attachment and arguments.url is None:
        raise UsageError("--attachment needs the URL of the target that has it")
    for text in arguments.attachment:
        id, _, kind = text.rpartition("=")
        if not id or kind not in MEDIA:
            raise UsageError(f"--attachment {text}: write ID=TYPE; the types are {', '.join(MEDIA)}")
        types[id] = kind
    return types


def _mcp_server(text: str | None) -> dict[str, Any] | None:
    """The connection to an MCP server: JSON as AstrBot stores it, or an address."""
    if text is None:
        return None
    if text.startswith(("http://", "https://")):
        return {"url": text, "transport": "sse" if text.endswith("/sse") else "streamable_http"}
    try:
        configuration = json.loads(text)
    except ValueError:
        configuration = None
    if not isinstance(configuration, dict) or not {"url", "command"} & configuration.keys():
        raise UsageError(
            "--mcp-server must be a URL, or a JSON object with `url` and `transport`, or with `command` and `args`"
        )
    return configuration


def browser_of() -> str:
    """The path of Chromium for the web UI. Raises UsageError if there is none."""
    try:
        return find_browser()
    except NoBrowser as error:
        raise UsageError(str(error)) from None


def workers(text: str) -> int:
    """The number of processes for `-n`. Raises UsageError if it is not valid."""
    if text == "auto":
        return os.cpu_count() or 1
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_WORKERS:
        raise UsageError(f"-n {text}: must be a number from 1 to {MOST_WORKERS}, or auto")
    return int(text)


def target_options(arguments: argparse.Namespace) -> TargetOptions:
    """The connection options of the target. Raises UsageError if a certificate cannot be read."""
    if not 0 < arguments.timeout < LONGEST_TIMEOUT:
        raise UsageError(f"--timeout must be more than 0 and less than {LONGEST_TIMEOUT} seconds")
    effects: Effects = getattr(arguments, "effects", "write")
    return TargetOptions(
        base=base_of(arguments.url) if arguments.url is not None else "",
        effects=effects,
        disposable=effects == "destructive",
        concurrency=getattr(arguments, "concurrency", 1),
        timeout=arguments.timeout,
        rate=getattr(arguments, "rate", None),
        mcp_server=_mcp_server(getattr(arguments, "mcp_server", None)),
        verify=_verification(arguments),
    )


def runs_of(arguments: argparse.Namespace) -> list[str]:
    """The marks in `--run`. Raises UsageError if a text is not the mark of a run."""
    runs = [str(run).removeprefix(PREFIX) for run in arguments.run]
    for run in runs:
        if not is_mark(run) and not is_old_mark(run):
            name = f"copy the digits after `{PREFIX}` from the name of a leftover resource"
            raise UsageError(f"--run {run}: not the mark of a run; {name}")
    return runs


def release_of(arguments: argparse.Namespace) -> str | None:
    """The release in `--release`. Raises UsageError if it is not a release."""
    release: str | None = arguments.release
    try:
        releases.nearest(release or releases.BASE)
    except ValueError:
        known = ", ".join(releases.RELEASES)
        raise UsageError(f"--release {str(release)[:40]}: not a version; known releases are {known}") from None
    return release


def _requirements(arguments: argparse.Namespace) -> frozenset[str]:
    """The ids in `--requirement`; empty if all requirements are judged."""
    if not arguments.requirement:
        return frozenset()
    return frozenset(_known("--requirement", arguments.requirement, requirements_of_all_releases()))


def _operations(arguments: argparse.Namespace) -> frozenset[str]:
    """The ids of the operations that `--operation` and `--tag` select together; empty if all are judged."""
    if not arguments.operation and not arguments.tag:
        return frozenset()
    everything = operations_of_all_releases()
    tags = _known("--tag", arguments.tag, {operation.tag for operation in everything.values()})
    tagged = [operation.id for operation in everything.values() if operation.tag in tags]
    as_reported = {str(operation): operation.id for operation in everything.values()}
    named = [as_reported.get(name, name) for name in arguments.operation]
    return frozenset([*tagged, *_known("--operation", named, everything)])


def _names(expression: str | None) -> NameFilter | None:
    """The filter of `-k`. Raises UsageError if the expression is not valid."""
    try:
        return None if expression is None else NameFilter.parse(expression)
    except InvalidExpressionError:
        how = "combine parts of names with `and`, `or`, `not` and parentheses"
        raise UsageError(f"-k {str(expression)[:80]}: not a valid expression; {how}") from None


def _deviations(path: Path) -> tuple[Deviation, ...]:
    try:
        return read_known(path)
    except UnreadableKnownError as error:
        raise UsageError(f"--known {error}") from None


def _given(path: Path | None) -> tuple[GivenKey, ...] | None:
    try:
        return read_keys(path, os.environ) if path else None
    except UnreadableKeysError as error:
        raise UsageError(f"--keys {error}") from None


def _known(option: str, names: list[str], all_names: Collection[str]) -> list[str]:
    for name in names:
        if name not in all_names:
            raise UsageError(f"{option} {name}: unknown {option.removeprefix('--')}{nearest(name, all_names)}")
    return names


def _verification(arguments: argparse.Namespace) -> Path | bool:
    if arguments.insecure or arguments.ca is None:
        return not arguments.insecure
    try:
        read_bytes(arguments.ca, LARGEST)  # OpenSSL would wait for a pipe
        ssl.create_default_context(cafile=str(arguments.ca))
        return Path(arguments.ca)
    except (OSError, UnreadableFileError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"--ca {arguments.ca}: cannot be read as certificates ({reason})") from None

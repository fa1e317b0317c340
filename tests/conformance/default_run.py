"""The default run of the suite on the reference server, also with faults."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib import import_module

from astrbot_api.releases import BASE
from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.judgement import Report
from astrbot_faults import Fault, broken
from astrbot_reference import Settings
from astrbot_reference.stores.attachment_store import SEEDED
from astrbot_reference.stores.mcp_servers import EXAMPLE

PASSWORD, EXPIRED = "a long password", "abk_expired-0123456789-0123456789-0123456789-abc"
SETTINGS = Settings(username="astrbot", password=PASSWORD, expired_key=EXPIRED, logins_at_once=10**6)


def default_run(
    *faults: Fault,
    seed: int = 1,
    requirements: frozenset[str] = frozenset(),
    operations: frozenset[str] = frozenset(),
    browser: str | None = None,
    release: str = BASE,
    timeout: float = 20.0,
    disposable: bool = True,
    attachments: bool = True,
    serving: Callable[..., AbstractContextManager[str]] = broken,
) -> Report:
    """The report of a default run on the reference server with these faults.

    requirements, operations: those to judge; all if empty.
    browser: the Chromium that visits the web UI, if that is judged too. serving: runs the server.
    disposable: otherwise the run is as frugal as on a real server. attachments: whether an option names some.
    Raises RuntimeError if the suite itself failed.
    """
    # Otherwise threads of the run import it together. pytest parses what is imported, and Python 3.11 fails if two
    # threads parse at the same time: "AST constructor recursion depth mismatch".
    import_module("schemathesis.specs.openapi.schemas")
    with serving(replace(SETTINGS, release=release), *faults) as url:
        options = RunOptions(
            target=TargetOptions(base=url, disposable=disposable, mcp_server=EXAMPLE, timeout=timeout),
            username=SETTINGS.username,
            password=Secret(PASSWORD, "ASTRBOT_PASSWORD"),
            selection=Selection(seed=seed, requirements=requirements, operations=operations),
            expired_key=Secret(EXPIRED, "ASTRBOT_KEY_EXPIRED"),
            attachments={name: kind for name, (kind, _) in SEEDED.items() if attachments},
            browser=browser,
            release=release,
        )
        report, errors = judge(options, lambda *_: None)
    if errors:
        raise RuntimeError(f"the suite itself failed: {errors[0]!r}") from errors[0]
    return report

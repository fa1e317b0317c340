"""`make variations`: sound servers that respond differently than the reference server, each judged under five seeds.

Prints one line for each run. Exit codes: 0 if no run has a finding, 1 otherwise.
"""

import gzip
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.judgement import Report
from astrbot_reference import running
from astrbot_reference.app import create_app
from astrbot_reference.overrides import Overrides
from astrbot_reference.stores.mcp_servers import EXAMPLE
from astrbot_reference.stores.store import Store

from tests.conformance.default_run import PASSWORD, SETTINGS
from tests.conformance.varied_server import Altered, Answer, Stream, Variation, old_proxy

SEEDS = range(1, 6)
BASE, MANY = "/astrbot", 2_000
PAGE = b"<!doctype html><title>404</title><p>There is no such page.</p>"


def _json(change: Callable[[dict[str, object]], object]) -> Callable[[Answer], Answer]:
    """Change the envelope of each JSON response."""

    def alter(answer: Answer) -> Answer:
        try:
            body = json.loads(answer.body)
        except ValueError:
            return answer
        return replace(answer, body=json.dumps(change(body)).encode()) if isinstance(body, dict) else answer

    return alter


def _header(name: str, value: str) -> Callable[[Answer], Answer]:
    return lambda answer: answer.with_header(name, value)


def _reworded(body: dict[str, object]) -> object:
    message = body.get("message")
    return body | {"message": f"Sorry. {message}"} if body.get("status") == "error" else body


def _is_api(body: dict[str, object]) -> bool:
    return "openapi" not in body


def _zipped(answer: Answer) -> Answer:
    return replace(answer.with_header("content-encoding", "gzip"), body=gzip.compress(answer.body))


def _foreign_404(answer: Answer) -> Answer:
    is_route = answer.status == 404 and b"Not Found" in answer.body
    return replace(answer, body=PAGE).with_header("content-type", "text/html") if is_route else answer


def _with_heartbeats(stream: Stream) -> Stream:
    return [piece for frame in stream for piece in (b": heartbeat\n\n", frame)]


def _in_small_pieces(stream: Stream) -> Stream:
    return [frame[start : start + 7] for frame in stream for start in range(0, len(frame), 7)]


VARIATIONS: Mapping[str, Variation] = {
    "headers in another order": Variation(lambda answer: replace(answer, headers=answer.headers[::-1])),
    "more headers": Variation(_header("x-frame-options", "DENY")),
    "a cookie with each response": Variation(_header("set-cookie", "session=1; HttpOnly")),
    "a charset beside the media type": Variation(
        lambda answer: (
            answer.with_header("content-type", "application/json; charset=utf-8")
            if answer.media_type == "application/json"
            else answer
        )
    ),
    "more members": Variation(_json(lambda body: body | {"trace_id": "0a1b"} if "status" in body else body)),
    "members in another order": Variation(_json(lambda body: dict(reversed(body.items())))),
    "other words": Variation(_json(_reworded)),
    "indented JSON": Variation(
        lambda answer: replace(answer, body=answer.body.replace(b'{"status":', b'{\n  "status" :', 1))
    ),
    "compressed responses": Variation(_zipped),
    "a foreign page for 404": Variation(_foreign_404),
    "heartbeats in streams": Variation(stream=_with_heartbeats),
    "CRLF in streams": Variation(stream=lambda stream: [frame.replace(b"\n", b"\r\n") for frame in stream]),
    "streams in odd pieces": Variation(stream=_in_small_pieces),
    "streams that start late": Variation(stream_delay=0.8),
    "responses in odd pieces": Variation(piece=11),
    "no connection is kept": Variation(_header("connection", "close")),
    "merged slashes": Variation(merges_slashes=True),
    "429 now and then": Variation(busy_every=40),
    "300 ms for each response": Variation(delay=0.3),
    "a base path": Variation(base=BASE),
    "an old proxy": Variation(is_behind_proxy=True),
    "many resources": Variation(resources=MANY),
}
QUICK = frozenset({"JOURNEY-BOT", "ROUTE-UNKNOWN", "DOC-OPENAPI"})  # judged in a few seconds
QUICK_STREAMS = frozenset({"CHAT-STREAM"})


def report_of(variation: Variation, seed: int, requirements: frozenset[str] = frozenset()) -> Report:
    """The report of a run on a sound server with this variation. Raises RuntimeError if the suite itself failed."""
    with _serving(variation) as url:
        options = RunOptions(
            target=TargetOptions(base=url, disposable=True, mcp_server=EXAMPLE),
            username=SETTINGS.username,
            password=Secret(PASSWORD, "ASTRBOT_PASSWORD"),
            selection=Selection(seed=seed, requirements=requirements),
        )
        report, errors = judge(options, lambda *_: None)
    if errors:
        raise RuntimeError(f"the suite itself failed: {errors[0]!r}") from errors[0]
    return report


@contextmanager
def _serving(variation: Variation) -> Iterator[str]:
    overrides = Overrides()
    if variation.resources:
        overrides.add(_filled(variation.resources))
    app = create_app(SETTINGS, overrides=overrides)
    app.add_middleware(Altered, variation=variation)
    with running(app=app) as url:
        if variation.is_behind_proxy:
            with old_proxy(url) as proxied:
                yield proxied
        else:
            yield url + variation.base


def _filled(resources: int) -> type[Store]:
    class Filled(Store):
        """A store that contains many bots and personas from the start."""

        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)  # type: ignore[arg-type]
            for number in range(resources):
                id = f"existing-{number}"
                self.put("bot", id, {"id": id, "type": "none", "enable": False, "enabled": False})

    return Filled


@dataclass(frozen=True, slots=True)
class Result:
    """The findings of a run, and why it proves nothing, if that is so."""

    findings: tuple[str, ...]
    trouble: str | None

    @property
    def is_clean(self) -> bool:
        """Whether the run has a verdict and no finding."""
        return not self.findings and not self.trouble


def result_of(report: Report) -> Result:
    """What a run on a sound server should not have."""
    found = tuple(f"{one.requirement} {one.operation}: {one.actual}" for one in report.findings)
    return Result(found, report.trouble)


def main(names: list[str]) -> int:
    """Judge the named variations, or all of them."""
    dirty = 0
    for name, variation in VARIATIONS.items():
        for seed in SEEDS if not names or name in names else ():
            result = result_of(report_of(variation, seed))
            dirty += not result.is_clean
            print(
                f"{name}, seed {seed}: {'; '.join([*result.findings, result.trouble or '']).strip('; ') or 'clean'}",
                flush=True,
            )
    return int(bool(dirty))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

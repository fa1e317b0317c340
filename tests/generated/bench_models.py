"""How fast the generated models and routes are beside code that a person would write with pydantic and FastAPI alone.

Both are measured in turn in the same run, in processor time; the ratio of the best rounds counts. Exit 1 if a ratio is
above what is allowed. Run by `make bench`.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import timeit
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Annotated, Any, Literal

from astrbot_api import models
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from tests.generated.bench_routes import routes

ROOT = Path(__file__).parents[2]
CHAIN = [
    {"type": "plain", "text": "hello"},
    {"type": "image", "attachment_id": "a"},
    {"type": "plain", "text": "world"},
]
WRONG = [{"type": "plain", "text": "hello"}, {"type": "image", "attachment_id": 5}, {"type": "plain", "text": "you"}]
ALLOWED = {"valid": 2.5, "invalid": 4.0, "route": 1.25, "import": 1.0}
ROUNDS = 25


class Plain(BaseModel):
    """A text."""

    type: Literal["plain"]
    text: str = Field(min_length=1)


class Reply(BaseModel):
    """A reference to a message."""

    type: Literal["reply"]
    message_id: str | int
    selected_text: str | None = None


class File(BaseModel):
    """An attachment of any kind."""

    type: Literal["image", "record", "file", "video"]
    attachment_id: str = Field(min_length=1)


Chain = str | list[Annotated[Plain | Reply | File, Field(discriminator="type")]]


class Chat(BaseModel):
    """A chat request."""

    username: str
    message: Chain
    session_id: str | None = None
    conversation_id: str | None = None
    config_id: str | None = None
    config_name: str | None = None
    enable_streaming: bool | None = None
    selected_provider: str | None = None
    selected_model: str | None = None


def rejects(parse: Callable[[Any], object], value: Any) -> Callable[[], None]:
    """Returns a function that parses an invalid value."""

    def run() -> None:
        try:
            parse(value)
        except ValidationError:
            return
        raise SystemExit("an invalid value was accepted")

    return run


def pairs() -> dict[tuple[str, str], tuple[Callable[[], object], Callable[[], object]]]:
    """Returns what is measured: (kind, name) -> written by hand, generated."""
    chain: TypeAdapter[Any] = TypeAdapter(Chain)
    good, bad = {"username": "me", "message": CHAIN}, {"username": "me", "message": WRONG}
    by_hand, ours = Chat.model_validate, models.ChatRequest.model_validate
    parse, parse_ours = chain.validate_python, models.MessageChain.model_validate
    return {
        ("valid", "message chain"): (lambda: parse(CHAIN), lambda: parse_ours(CHAIN)),
        ("valid", "chat request"): (lambda: by_hand(good), lambda: ours(good)),
        ("invalid", "message chain"): (rejects(parse, WRONG), rejects(parse_ours, WRONG)),
        ("invalid", "chat request"): (rejects(by_hand, bad), rejects(ours, bad)),
    }


def best(run: Callable[[], object], calls: int) -> float:
    """Returns the processor time of one call in microseconds."""
    return timeit.timeit(run, timer=process_time, number=calls) / calls * 1e6


def imports() -> tuple[float, float]:
    """Returns the best import times: of the models that datamodel-code-generator alone writes, and of ours."""
    with tempfile.TemporaryDirectory() as folder:
        bundle = ROOT / "generated" / "astrbot_api" / "openapi.json"
        options = "--input-file-type openapi --output-model-type pydantic_v2.BaseModel --enum-field-as-literal all"
        command = ["-m", "datamodel_code_generator", "--input", str(bundle), "--output", f"{folder}/alone.py"]
        subprocess.run([sys.executable, *command, *options.split()], check=True, capture_output=True)
        alone = [seconds(f"import sys; sys.path.insert(0, {folder!r})", "alone") for _ in range(5)]
        return min(alone), min(seconds("import jsonschema_rs", "astrbot_api.models") for _ in range(5))


def seconds(first: str, module: str) -> float:
    """Returns the processor time in which a new process imports a module."""
    code = f"{first}; import pydantic, time; pydantic.BaseModel; t = time.process_time(); import {module}"
    code += "; print(time.process_time() - t)"
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def main() -> int:
    """Prints the times and the ratios."""
    rows: list[tuple[str, str, float, float]] = [
        (kind, name, *measure(*pair)) for (kind, name), pair in pairs().items()
    ]
    rows += [("route", name, *times) for name, times in asyncio.run(routes()).items()]
    alone, ours = imports()
    rows.append(("import", "models", 1e6 * alone, 1e6 * ours))
    slow = False
    for kind, name, by_hand, ours in rows:
        ratio = ours / by_hand
        slow = slow or ratio > ALLOWED[kind]
        print(
            f"{kind:<8} {name:<20} {by_hand:9.1f} µs by hand, {ours:9.1f} µs: {ratio:.2f}; {ALLOWED[kind]} is allowed"
        )
    return 1 if slow else 0


def measure(by_hand: Callable[[], object], ours: Callable[[], object]) -> tuple[float, float]:
    """Returns the best times of both, measured in turn."""
    times = [(best(by_hand, 400), best(ours, 400)) for _ in range(ROUNDS)]
    return min(time for time, _ in times), min(time for _, time in times)


if __name__ == "__main__":
    raise SystemExit(main())

"""Calls the command as a shell would, and small contracts to call it with."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from astrbot_generator.gate.cli import gate

OLD = """\
openapi: 3.1.0
info: {title: Robots, version: 1.2.3}
x-scopes: {bot: {}, config: {implies: [bot]}}
paths:
  /bots:
    get:
      operationId: list_bots
      security: [{Key: [bot]}]
      responses:
        '200':
          description: All of them.
          content: {application/json: {schema: {$ref: '#/components/schemas/Bot'}}}
    post:
      operationId: create_bot
      security: [{Key: [bot]}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Bot'}}}}
      responses: {'200': {description: Done.}}
components:
  securitySchemes: {Key: {type: http, scheme: bearer}}
  schemas:
    Bot:
      type: object
      required: [id]
      properties:
        id: {type: string}
        mode: {type: string, enum: [calm, wild]}
"""
NARROWED = OLD.replace("enum: [calm, wild]", "enum: [calm]")
OPENED = OLD.replace("{Key: [bot]}", "{Key: [config]}", 1)
PAIR = ("--base", "old.yaml", "--head", "new.yaml")


class Called(NamedTuple):
    """What a call gave."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> Any:
        """The JSON that was written."""
        return json.loads(self.out)


Call = Callable[..., Called]


def calling(capsys: pytest.CaptureFixture[str]) -> Call:
    """A function that calls the gate with these arguments."""

    def call(*arguments: str | Path) -> Called:
        capsys.readouterr()
        try:
            code = gate([str(argument) for argument in arguments])
        except SystemExit as error:
            code = int(error.code or 0)
        out, err = capsys.readouterr()
        return Called(code, out, err)

    return call


def git(folder: Path, *arguments: str) -> str:
    """Runs git in a folder, as nobody in particular."""
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *identity, "-C", str(folder), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder: Path, text: str, file: str = "openapi.yaml") -> str:
    """Writes a contract and commits it."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "a change")
    return git(folder, "rev-parse", "HEAD")


def refused(call: Call) -> str:
    """The fingerprint of the one finding that breaks."""
    findings = call(*PAIR, "--format", "json").report["findings"]
    return str(next(finding["fingerprint"] for finding in findings if finding["level"] == "breaking"))

"""`report.html`: one self-contained page, in English and Chinese."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from astrbot_api.releases import BASE, RELEASES
from astrbot_reference.safe_text import inert
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from astrbot_conformance.report.grid import MARKS, Row, State, grid
from astrbot_conformance.verdict.judgement import Report

PAGE = Path(__file__).parent / "page"
SHOWN_BY = {"leak": {"SCOPE-REQUIRED", "SCOPE-NOT-IMPLIED", "SCOPE-CLOSED"}, "over-refused": {"SCOPE-SUFFICIENT"}}


@dataclass(frozen=True, slots=True)
class GridLine:
    """A row of the grid on the page: the values for the filters, and each cell with the number of its finding."""

    method: str
    path: str
    text: str
    scope: str
    states: str
    cells: tuple[tuple[State, int | None], ...]


def render(report: Report) -> str:
    """The report as a self-contained page, with its styles and script. Its policy forbids loading anything."""
    return inert(
        _environment()
        .get_template("page.html.jinja")
        .render(
            report=report,
            findings=report.findings,
            violated=tuple(dict.fromkeys(finding.requirement for finding in report.findings)),
            requirements=report.contract.requirements,
            rows=[_line(report, row) for row in grid(report)],
            scopes={scope: report.contract.meanings[scope] for scope in report.contract.scopes},
            marks=MARKS,
            words=_read("words.json"),
            chinese=chinese(report.contract.release),
        )
    )


@cache
def chinese(release: str) -> Mapping[str, str]:
    """The sentences of the requirements of a release in Chinese, by id."""
    until_now = RELEASES[: RELEASES.index(release) + 1]
    sentences = {  # by id and by the first release with this wording
        name: {BASE: sentence} if isinstance(sentence, str) else sentence
        for name, sentence in _read("sentences.zh.json").items()
    }
    return {name: by_release[one] for name, by_release in sentences.items() for one in until_now if one in by_release}


def _line(report: Report, row: Row) -> GridLine:
    operation = row.operation
    return GridLine(
        method=operation.method,
        path=operation.path,
        text=f"{operation} {operation.id} {operation.tag} {operation.summary}".lower(),
        scope=str(operation.scope) if operation.scope else "closed",
        states=" ".join(sorted(set(row.cells.values()))),
        cells=tuple((state, _finding_of(report, row, scope)) for scope, state in row.cells.items()),
    )


def _finding_of(report: Report, row: Row, scope: str) -> int | None:
    """The number of the finding that decided a cell."""
    state = row.cells[scope]
    if state not in SHOWN_BY:
        return None
    requirements = SHOWN_BY[state] if state == "leak" or scope == row.operation.scope else {"SCOPE-IMPLIES"}
    for number, finding in enumerate(report.findings, 1):
        is_about = finding.operation == str(row.operation) and finding.requirement in requirements
        if is_about and (state == "over-refused" or scope in finding.scopes):
            return number
    return None


@cache
def _read(name: str) -> Any:
    return json.loads((PAGE / name).read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["base64"] = lambda data: base64.b64encode(data).decode()
    return environment

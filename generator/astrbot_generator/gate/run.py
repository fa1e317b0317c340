"""One run of the gate: reads the documents, judges them, marks accepted findings, and renders the result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Literal

from astrbot_generator.errors import ContractError, Position
from astrbot_generator.gate import exceptions, versions
from astrbot_generator.gate.access import usual_source
from astrbot_generator.gate.bases import Base, base_for
from astrbot_generator.gate.catalogue import load as rules
from astrbot_generator.gate.document import Document, load, not_compared, settle
from astrbot_generator.gate.drift import start_comparison
from astrbot_generator.gate.finding import Change, Finding, Judgement, Level
from astrbot_generator.gate.judge import Readers, changes
from astrbot_generator.gate.state import State, state_findings
from astrbot_generator.gate.uses import used_operations
from astrbot_generator.source_files import depth_limited, is_regular_file, shown

_NO_FILE = "the file does not exist or is not a regular file"


@dataclass(frozen=True)
class Request:
    """The options of a run, with the names that they have on the command line."""

    heads: tuple[Path, ...]
    base: str | None
    rules: str
    scopes_from: str | None
    unscoped: Literal["open", "closed"]
    readers: Readers
    exceptions: Path | None
    uses: Path | None
    fail_on: str
    version_rule: str | None
    today: date
    format: str
    accept: str | None
    reason: str | None
    expires: date | None

    @property
    def file(self) -> Path:
        """The file of accepted findings."""
        return self.exceptions or exceptions.DEFAULT

    @property
    def ours(self) -> bool:
        """Whether the rules for our own contract apply."""
        return self.rules == "astrbot"


def run(request: Request) -> tuple[str, int]:
    """Returns the rendered judgements and the exit code. Raises ContractError if a file cannot be read."""
    judgements = judged(request)
    if request.accept is not None:
        return _accept(request, judgements[0]), 0
    renderer = import_module(f"astrbot_generator.gate.output.{request.format}")
    refused = any(judgement.verdict == "refused" for judgement in judgements)
    return "".join(map(renderer.render, judgements)), int(refused)


def judged(request: Request) -> list[Judgement]:
    """Returns the judgement of each contract; unused exceptions are reported with the last one."""
    if request.exceptions and not is_regular_file(request.exceptions) and request.accept is None:
        raise ContractError.at(shown(request.file), _NO_FILE, "name the file of accepted findings")
    exemptions = exceptions.read(request.file)
    judgements = []
    unused = set(exemptions)
    for head in request.heads:
        with depth_limited(head):
            judgement = _judged(request, head)
        marked, idle = exceptions.applied(judgement.findings, exemptions, request.today)
        unused &= set(idle)
        judgements.append(replace(judgement, findings=tuple(marked)))
    if any(judgement.base for judgement in judgements):
        found = [_unused(exemption, request) for exemption in exemptions if exemption in unused]
        judgements[-1] = replace(judgements[-1], findings=(*judgements[-1].findings, *found))
    return judgements


def _judged(request: Request, path: Path) -> Judgement:
    """Returns the judgement of one contract, before exceptions are applied."""
    if not is_regular_file(path):
        raise ContractError.at(shown(path), _NO_FILE, "name the contract to judge")
    drift = start_comparison(path) if request.ours else None
    head, base = load(path, tolerant=True), base_for(path, request.base)
    settle(base.document, head)
    changed: list[Finding] = []
    if base.document is not None:
        source = usual_source(base.document, request.scopes_from, request.unscoped)
        changed = changes(base.document, head, source=source, today=request.today, readers=request.readers)
    state = State(
        path=path,
        head=head,
        base=base.document,
        changed=tuple(changed),
        version_rule=(request.version_rule or ("semver" if request.ours else "none")) == "semver",
        drift=drift,
    )
    found = (*changed, *state_findings(state, ours=request.ours))
    compared = (base.document, head) if base.document else (head,)
    used = used_operations(request.uses, *compared) if request.uses else None
    described = base.description if base.document else None
    return Judgement(found, described, head.name, Level(request.fail_on), used, tuple(_notes(base, head, changed)))


def _unused(exemption: exceptions.Exemption, request: Request) -> Finding:
    expired = exemption.expires is not None and exemption.expires < request.today
    rule = rules()["exception-expired" if expired else "exception-unused"]
    change = Change(rule.check(exemption), None, "", subject=exemption.fingerprint)
    return rule.finding(change, Position(shown(request.file), exemption.line, 1))


def _notes(base: Base, head: Document, changed: list[Finding]) -> list[str]:
    if base.document is None:
        return [f"{base.description}: only the contract itself was checked"]
    notes = not_compared(base.document)
    old, new = base.document.info("version"), head.info("version")
    bump = versions.needed(changed)
    follows = versions.following(old, bump)
    if bump == "none" or follows is None:
        return notes
    return [*notes, f"version: {old} -> {new}; these changes require {follows} or later ({bump})"]


def _accept(request: Request, judgement: Judgement) -> str:
    given = str(request.accept)
    found = [f for f in judgement.findings if f.fingerprint.startswith(given)]
    shared = [f for f in judgement.findings if f.shared_fingerprint.startswith(given)]
    if len({f.fingerprint for f in found} | {f.shared_fingerprint for f in shared}) != 1:
        wrong = "several findings begin with it" if found or shared else "no finding has this fingerprint"
        raise ContractError.at(given, wrong, "copy a whole fingerprint from the gate's report")
    finding = (found or shared)[0]
    if finding.accepted is not None:
        return f"{given} is already accepted: {finding.accepted}\n"
    exceptions.add(request.file, finding, str(request.reason), request.expires, everywhere=not found)
    where = f"in {len(shared)} operations" if not found else finding.operation or ""
    return f"{shown(request.file)}: accepted {finding.rule} {where}\n"

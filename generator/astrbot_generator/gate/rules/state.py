"""Rules for the new contract alone, and for the project around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from astrbot_generator.errors import Position
from astrbot_generator.gate import versions
from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.exceptions import Exemption
from astrbot_generator.gate.finding import Change, Finding, Level
from astrbot_generator.gate.state import State
from astrbot_generator.gate.validity import problems
from astrbot_generator.source_files import is_regular_file, read_text


@rule("document-invalid", area="contract")
def document_invalid(state: State) -> Iterator[Change]:
    """The document is not valid OpenAPI.

    Breaks: tools that read it.
    Instead: follow the specification of its OpenAPI version.
    """
    for problem in problems(state.head, state.base)[0]:
        yield Change(problem.message, None, problem.pointer)


@rule("document-still-invalid", area="contract", level=Level.WARNING)
def document_still_invalid(state: State) -> Iterator[Change]:
    """The document is not valid OpenAPI, and was not valid before this change either.

    Breaks: tools that read it.
    Instead: follow the specification of its OpenAPI version.
    """
    for problem in problems(state.head, state.base)[1]:
        yield Change(problem.message, problem.pointer, problem.pointer)


@rule("version-not-bumped", area="project")
def version_not_bumped(state: State) -> Iterator[Change]:
    """The version of the contract does not match the changes.

    Breaks: users who pin a version and rely on Semantic Versioning.
    Instead: raise `info.version` as Semantic Versioning requires; before 1.0.0 a minor version may break.
    """
    if state.base is None or not state.version_rule:
        return
    old, new = state.base.info("version"), state.head.info("version")
    bump = versions.needed(state.changed)
    if not versions.enough(old, new, bump):
        follows = versions.following(old, bump)
        required = f"{follows} or later" if follows else "another version"
        message = f"the version went from {old} to {new}; these changes require {required}"
        yield Change(message, "/info/version", "/info/version")


@rule("changelog-entry-missing", area="project", level=Level.WARNING)
def changelog_entry_missing(state: State) -> Iterator[Change]:
    """The changelog does not mention a breaking change.

    Breaks: users who read the changelog before they upgrade.
    Instead: mention the operation, its scope or its schema under `[Unreleased]` in CHANGELOG.md.
    """
    file = state.root / "CHANGELOG.md"
    if not is_regular_file(file):
        return
    section = _section(read_text(file), state.head.info("version"))
    for finding in state.changed:
        if finding.level is Level.BREAKING and not any(name in section for name in _names(finding)):
            operation = finding.operation or finding.pointer
            message = f"CHANGELOG.md does not mention {finding.rule} ({operation})"
            at = Position("CHANGELOG.md", 1, 1)
            yield Change(message, None, finding.pointer, None, finding.fingerprint, at, finding.operation)


def _section(text: str, version: str) -> str:
    """Returns the unreleased section and the section of this version."""
    headings = ("[Unreleased]", f"[{version}]")
    return "\n".join(part for part in re.split(r"(?m)^## ", text)[1:] if part.startswith(headings))


def _names(finding: Finding) -> list[str]:
    names = [finding.operation.partition(" ")[2]] if finding.operation else []
    match = re.match(r"/(?:components/[^/]+|x-scopes)/([^/]+)", finding.pointer)
    return [*names, finding.rule, *([match[1]] if match else [])]


@rule("exception-unused", area="exceptions")
def exception_unused(exemption: Exemption) -> str:
    """An exception is unused.

    Breaks: nothing yet; but it could accept a future change without a review.
    Instead: remove it from the file of exceptions.
    """
    return f"the exception {exemption.fingerprint} ({exemption.rule}) is unused: remove it"


@rule("exception-expired", area="exceptions")
def exception_expired(exemption: Exemption) -> str:
    """An exception has expired.

    Breaks: the promise to review it by that day.
    Instead: fix the finding, or accept it again with a reason.
    """
    return f"the exception {exemption.fingerprint} ({exemption.rule}) expired on {exemption.expires}: remove it"


@rule("generated-out-of-step", area="project")
def generated_out_of_step(state: State) -> Iterator[Change]:
    """The generated code does not match the contract.

    Breaks: users of the code: it follows another contract.
    Instead: run `make generate` and commit the result.
    """
    stale = state.drift.result() if state.drift else []
    if stale:
        files = [f"generated/{name}" for name in stale if name != "/dev/null"] or ["generated"]
        more = f" and {len(stale) - 1} more files are" if len(stale) > 1 else " is"
        message = f"{files[0]}{more} out of date; run `make generate`"
        yield Change(message, None, "", subject="generated", position=Position(files[0], 1, 1))

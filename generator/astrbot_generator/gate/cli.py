"""The commands `astrbot-contract gate` and `astrbot-contract changelog`."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from astrbot_generator.arguments import CommandParser
from astrbot_generator.cli import OWN_CONTRACT
from astrbot_generator.errors import ContractError
from astrbot_generator.output import complain, emit
from astrbot_generator.printable import printable

LEVELS = ("breaking", "warning", "information")
FORMATS = ("text", "json", "markdown", "github", "junit", "sarif")
_SCOPES = "WORD[,WORD]"
_SCOPES_HELP = (
    "the extension that lists the scopes of an operation, and the member of the document that defines them "
    "(default: x-astrbot-scope,x-astrbot-scope-definitions if used)"
)
_UNSCOPED_HELP = "what an operation without that extension is: open to every key, or closed (default)"
EXIT_CODES = """\
examples:
  astrbot-contract gate --base origin/main                        our contract against a git ref
  astrbot-contract gate --base old.yaml --head new.yaml           any two OpenAPI 3.0, 3.1 or 3.2 documents
  astrbot-contract gate --base origin/master openapi/api.yaml     any document against itself at a git ref
  astrbot-contract gate --base none                               our contract alone, without a comparison

exit codes:
  0  the change is accepted
  1  the change is refused
  2  wrong usage, an unreadable document, or nothing to compare with
"""


def gate(argv: list[str]) -> int:
    """Judge a change of a contract: list what breaks, with an example for each finding.

    Returns 0 if the change is accepted, 1 if it is refused, and 2 on wrong usage, if a document cannot be read, or if
    there is nothing to compare with.
    """
    options = _gate_parser().parse_args(argv)
    if options.explain:
        from astrbot_generator.gate.pages import page

        text = page(options.explain, markdown=options.format == "markdown")
        return 2 if text is None else _written(text, options.output, 0)
    from astrbot_generator.gate.run import Request, run

    heads = (*options.heads, *([options.head] if options.head else []))
    if (options.accept is None) is not (options.reason is None) or (options.expires and options.accept is None):
        return _refuse("--accept and --reason must be used together: give the fingerprint and the reason")
    if options.reason is not None and not options.reason.strip():
        return _refuse("--reason is empty: state why the finding is accepted")
    if len(heads) > 1 and (options.format not in ("text", "github") or options.accept):
        return _refuse("several contracts need --format text or github, and cannot be combined with --accept")
    given: dict[str, Any] = {field.name: getattr(options, field.name) for field in fields(Request)}
    given |= {"heads": heads or (OWN_CONTRACT,), "rules": options.rules or ("changes" if heads else "astrbot")}
    try:
        text, code = run(Request(**given))
    except ContractError as error:
        return complain(str(error))
    return _written(text, options.output, code)


def _written(text: str, file: Path | None, code: int) -> int:
    """Writes the text to a file or to standard output; returns the code, or 2 if it cannot be written."""
    if file is None:
        return emit(text, code)
    try:
        file.write_text(printable(text), "utf-8")
    except OSError as error:
        return _refuse(f"{file}: cannot be written: {error.strerror}; name another file with --output")
    return code


def changelog(argv: list[str]) -> int:
    """Write the changes between two contracts as Markdown."""
    parser = CommandParser("changelog", changelog.__doc__, "exit codes:\n  0  written\n  2  bad input\n")
    parser.add_argument("base", metavar="A", help="the old contract: a file")
    parser.add_argument("head", type=Path, metavar="B", help="the new contract: a file")
    parser.add_argument("--scopes-from", metavar=_SCOPES, help=_SCOPES_HELP)
    parser.add_argument("--unscoped", choices=("open", "closed"), default="closed", help=_UNSCOPED_HELP)
    options = parser.parse_args(argv)
    from astrbot_generator.gate.access import usual_source
    from astrbot_generator.gate.bases import named_base
    from astrbot_generator.gate.changelog import written
    from astrbot_generator.gate.document import load, settle

    try:
        head, base = load(options.head, tolerant=True), named_base(options.head, options.base)
        settle(base, head)
        text = written(base, head, source=usual_source(base, options.scopes_from, options.unscoped))
    except ContractError as error:
        return complain(str(error))
    return emit(text)


def _gate_parser() -> CommandParser:
    parser = CommandParser("gate", gate.__doc__, EXIT_CODES)
    add = parser.add_argument
    add("heads", nargs="*", type=Path, metavar="FILE", help="the contract to judge (default: spec/openapi.yaml)")
    add("--head", type=Path, metavar="FILE", help="the contract to judge, like FILE")
    base = "the old contract (default: the merge base, the last tag or the parent commit); none: no comparison"
    add("--base", metavar="REF|FILE|none", help=base)
    add("--rules", choices=("changes", "astrbot"), help="the rules: for changes, or also for our own contract")
    add("--scopes-from", metavar=_SCOPES, help=_SCOPES_HELP)
    add("--unscoped", choices=("open", "closed"), default="closed", help=_UNSCOPED_HELP)
    uses = "judge for one client: a list of operations, a HAR file or a conform report"
    readers = "whether clients reject unknown members of a response that allows none: strict (default), or tolerant"
    add("--readers", choices=("strict", "tolerant"), default="strict", help=readers)
    add("--uses", type=Path, metavar="FILE", help=uses)
    add("--fail-on", choices=LEVELS, default="breaking", help="the lowest level that is refused")
    version = "whether info.version must match the changes (default: semver for our own contract)"
    add("--version-rule", choices=("semver", "none"), help=version)
    add("--format", choices=FORMATS, default="text", help="the output format")
    add("--output", type=Path, metavar="FILE", help="the output file (default: standard output)")
    exceptions = "the file of accepted findings (default: spec/gate-exceptions.toml)"
    add("--exceptions", type=Path, metavar="FILE", help=exceptions)
    add("--accept", metavar="FINGERPRINT", help="accept the finding with this fingerprint")
    add("--reason", metavar="TEXT", help="why the finding is accepted")
    add("--expires", type=_day, metavar="DAY", help="the last day of the exception: 2026-12-31")
    today = datetime.now(UTC).date()
    add("--today", type=_day, default=today, metavar="DAY", help="the date to use (default: today)")
    add("--explain", metavar="RULE", help="print the page of a rule; `all` lists every rule")
    return parser


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _refuse(message: str) -> int:
    return complain(f"astrbot-contract gate: {message}")

"""The commands `astrbot-contract gate` and `astrbot-contract changelog`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from astrbot_generator.arguments import CommandParser
from astrbot_generator.errors import ContractError
from astrbot_generator.output import complain, emit
from astrbot_generator.printable import printable

OWN_CONTRACT = Path("spec/openapi.yaml")
FORMATS = ("text", "json", "markdown", "github", "junit", "sarif")
EXIT_CODES = """\
examples:
  astrbot-contract gate --base origin/main                        our contract against a git ref
  astrbot-contract gate --base old.yaml --head new.yaml           any two OpenAPI 3.0 or 3.1 documents
  astrbot-contract gate --base origin/master openapi/api.yaml     any document against itself at a git ref
  astrbot-contract gate --base none                               our contract alone: nothing is compared

exit codes:
  0  nothing refused
  1  the change is refused
  2  usage, a document that cannot be read, or nothing to compare with
"""


def gate(argv: list[str]) -> int:
    """Judge a change of a contract: what breaks, for whom, shown by an example.

    Returns 0 if nothing is refused, 1 if the change is refused, 2 on wrong usage, if a document cannot be read, or if
    there is nothing to compare with.
    """
    options = _gate_parser().parse_args(argv)
    if options.explain:
        from astrbot_generator.gate.pages import page

        text = page(options.explain, markdown=options.format == "markdown")
        return 2 if text is None else _written(text, options.output, 0)
    from astrbot_generator.gate.run import Request, run

    heads = (*options.contract, *([options.head] if options.head else []))
    if (options.accept is None) is not (options.reason is None) or (options.expires and options.accept is None):
        return _refuse("--accept and --reason go together: a finding is accepted for a reason")
    if options.reason is not None and not options.reason.strip():
        return _refuse("--reason is empty: say why the finding is accepted")
    if len(heads) > 1 and (options.format not in ("text", "github") or options.accept):
        return _refuse("several contracts at once are told as text or github, and nothing is accepted")
    request = Request(
        heads=heads or (OWN_CONTRACT,),
        base=options.base,
        rules=options.rules or ("changes" if heads else "astrbot"),
        scopes_from=options.scopes_from,
        exceptions=options.exceptions,
        uses=options.uses,
        fail_on=options.fail_on,
        version_rule=options.version_rule,
        today=options.today,
        format=options.format,
        accept=options.accept,
        reason=options.reason,
        expires=options.expires,
    )
    try:
        text, code = run(request)
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
    """Write what changed between two contracts, for people.

    Returns 0 when it was written, 2 on wrong usage or an unreadable document.
    """
    parser = CommandParser(prog="astrbot-contract changelog", description=changelog.__doc__)
    parser.add_argument("base", metavar="A", help="the old contract: a file")
    parser.add_argument("head", type=Path, metavar="B", help="the new contract: a file")
    parser.add_argument("--scopes-from", metavar="WORD", help="the extension of operations that names their scopes")
    options = parser.parse_args(argv)
    from astrbot_generator.gate.access import usual_extension
    from astrbot_generator.gate.bases import named_base
    from astrbot_generator.gate.changelog import written
    from astrbot_generator.gate.document import load

    try:
        head, base = load(options.head), named_base(options.head, options.base)
        text = written(base, head, scopes_from=options.scopes_from or usual_extension(base))
    except ContractError as error:
        return complain(str(error))
    return emit(text)


def _gate_parser() -> CommandParser:
    parser = CommandParser(
        prog="astrbot-contract gate",
        description=(gate.__doc__ or "").partition("\n")[0],
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("contract", nargs="*", type=Path, metavar="FILE", help="the contract to judge (default: spec/openapi.yaml)")
    add("--head", type=Path, metavar="FILE", help="the same, as an option")
    add(
        "--base",
        metavar="REF|FILE|none",
        help="what to compare with; default: the merge base, the last tag, or the parent; none: the contract alone",
    )
    add("--rules", choices=("changes", "astrbot"), help="validity and changes, or those of our own contract as well")
    add(
        "--scopes-from",
        metavar="WORD",
        help="the extension of operations that names their scopes (x-astrbot-scope is known)",
    )
    add(
        "--uses",
        type=Path,
        metavar="FILE",
        help="judge for a consumer: a list of operations, a HAR or a conform report",
    )
    add("--fail-on", choices=("breaking", "warning", "information"), default="breaking", help="what is refused")
    add("--version-rule", choices=("semver", "none"), help="whether info.version must follow; default: for our own")
    add("--format", choices=FORMATS, default="text", help="how the judgement is written")
    add("--output", type=Path, metavar="FILE", help="where it is written (default: standard output)")
    add("--exceptions", type=Path, metavar="FILE", help="the accepted findings (default: spec/gate-exceptions.toml)")
    add("--accept", metavar="FINGERPRINT", help="add the finding to the accepted ones")
    add("--reason", metavar="TEXT", help="why it is accepted")
    add("--expires", type=_day, metavar="DAY", help="until when: 2026-12-31")
    add("--today", type=_day, default=None, metavar="DAY", help="the day to judge for (default: today)")
    add("--explain", metavar="RULE", help="print the page of a rule, or `all` for the list")
    return parser


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _refuse(message: str) -> int:
    return complain(f"astrbot-contract gate: {message}")

"""The commands `astrbot-contract generate` and `astrbot-contract diff-releases`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from astrbot_generator.arguments import CommandParser, package_name
from astrbot_generator.errors import ContractError
from astrbot_generator.output import complain, emit, warn
from astrbot_generator.source_files import is_regular_file, shown

OWN_CONTRACT = Path("spec/openapi.yaml")
OWN_OUTPUT = Path("generated")
OWN_PACKAGE = "astrbot_api"
EXIT_CODES = """\
exit codes:
  0  written, or up to date
  1  drift
  2  bad input
"""


def generate(argv: list[str]) -> int:
    """Generate the code from the contract, or check that it is up to date."""
    parser = CommandParser("generate", generate.__doc__, EXIT_CODES)
    add = parser.add_argument
    add("--spec", type=Path, metavar="FILE", help="the root of the contract (default: spec/openapi.yaml)")
    add("--out", type=Path, metavar="DIR", help="the folder that contains the package (default: generated)")
    add("--allow", choices=["nullable"], action="append", help="nullable: read `nullable: true` as OpenAPI 3.0 does")
    skip = "leave out operations that cannot be generated, and name them"
    add("--skip-unsupported", action="store_true", help=skip)
    add("--models-only", action="store_true", help="generate the models, but no server stubs, tables or pages")
    name = "the name of the package (default: astrbot_api)"
    add("--package", type=package_name, metavar="NAME", default=OWN_PACKAGE, help=name)
    check = "write nothing; print the differences and exit with 1 if there are any"
    add("--check", action="store_true", help=check)
    options = parser.parse_args(argv)

    from astrbot_generator.admit import Admission  # slow to import: --help does not need it
    from astrbot_generator.gate.pages import RULES_PAGE, rules_page
    from astrbot_generator.generate import generate_admitted
    from astrbot_generator.publish import differences, publish, renamed
    from astrbot_generator.summary import summary

    out = options.out or OWN_OUTPUT
    try:
        admission = Admission(bool(options.allow), options.skip_unsupported, options.models_only)
        files, plans = generate_admitted(_contract(options.spec), admission)
        if options.spec is None and not options.models_only:  # the rules page belongs to our own contract
            files[RULES_PAGE] = rules_page()
        files, package = renamed(files, options.package), PurePosixPath(options.package)
        if not options.check:
            publish(files, out, package)
            warn(admission.notes)
            return emit(summary(files, plans, out, package))
    except ContractError as error:
        return complain(str(error))
    if not (out / "docs").is_dir():  # an installed package has no pages
        files = {path: text for path, text in files.items() if path.is_relative_to(package)}
    lines = [f"{line}\n" for line in differences(files, out, package)]
    return emit("".join(lines), 1 if lines else 0)


def diff_releases(argv: list[str]) -> int:
    """Write the changes between two AstrBot releases that affect clients, as Markdown."""
    parser = CommandParser("diff-releases", diff_releases.__doc__, "exit codes:\n  0  written\n  2  bad input\n")
    parser.add_argument("old", metavar="A", help="the release that the client was written for: 4.26.8")
    parser.add_argument("new", metavar="B", help="the release that the client will call: 4.29.1")
    options = parser.parse_args(argv)

    from astrbot_generator.compare import compare

    try:
        return emit(compare(_known_releases(), options.old, options.new))
    except ContractError as error:
        return complain(str(error))


def _contract(named: Path | None) -> Path:
    """Returns the named contract, or the contract of the current folder.

    It never returns the installed contract: the result would be about files that the user does not see.

    Raises ContractError if there is none.
    """
    if named is None and not is_regular_file(OWN_CONTRACT):
        remedy = "name one with --spec FILE, or change to the folder that holds spec/"
        raise ContractError.at(shown(OWN_CONTRACT), "no contract in this folder", remedy)
    return named or OWN_CONTRACT


def _known_releases() -> Path:
    """Returns the contract with AstrBot's releases: from the current folder if it has one, else the installed one."""
    spec = None if is_regular_file(OWN_CONTRACT) else find_spec("astrbot_api")  # found without importing it
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return Path(folders[0]) / "openapi.json" if folders else OWN_CONTRACT

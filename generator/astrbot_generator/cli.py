"""The commands `astrbot-contract generate` and `astrbot-contract diff-releases`."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from astrbot_generator.errors import ContractError

OWN_CONTRACT = Path("spec/openapi.yaml")
OWN_OUTPUT = Path("generated")
EXIT_CODES = """\
exit codes:
  0  written, or in step
  1  drift
  2  bad input
"""


def generate(argv: list[str]) -> int:
    """Make the code from the contract, or check that it is in step."""
    parser = argparse.ArgumentParser(
        prog="astrbot-contract generate",
        description=generate.__doc__,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--spec", type=Path, metavar="FILE", help="the root of the contract (default: spec/openapi.yaml)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="the folder that holds the package (default: generated)"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; print what would change and exit with 1")
    options = parser.parse_args(argv)

    from astrbot_generator.gate.pages import RULES_PAGE, rules_page
    from astrbot_generator.generating import generate as make  # slow to import: --help need not wait for it
    from astrbot_generator.publishing import differences, publish
    from astrbot_generator.rendering import PACKAGE

    contract, out = _defaults(options.spec, options.out, check=options.check)
    try:
        files = make(contract)
        if options.spec is None:  # our own contract comes with the rules that the gate holds it to
            files[RULES_PAGE] = rules_page()
        if not options.check:
            publish(files, out)
            return 0
    except ContractError as error:
        print(error, file=sys.stderr)
        return 2
    if not (out / "docs").is_dir():  # an installed package comes without its pages
        files = {path: text for path, text in files.items() if path.is_relative_to(PACKAGE)}
    drift = False
    for line in differences(files, out):
        drift = True
        print(line)
    return 1 if drift else 0


def diff_releases(argv: list[str]) -> int:
    """Write what the author of a client must change from one AstrBot release to another, as Markdown."""
    parser = argparse.ArgumentParser(
        prog="astrbot-contract diff-releases",
        description=diff_releases.__doc__,
        epilog="exit codes:\n  0  written\n  2  bad input\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("old", metavar="A", help="the release that the client was written for: 4.26.8")
    parser.add_argument("new", metavar="B", help="the release that it is to meet: 4.29.1")
    options = parser.parse_args(argv)

    from astrbot_generator.comparing import compare

    contract, _ = _defaults(None, None, check=False)
    try:
        sys.stdout.write(compare(contract, options.old, options.new))
    except ContractError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _defaults(contract: Path | None, out: Path | None, *, check: bool) -> tuple[Path, Path]:
    """The contract and the output: those of the current folder, or else those that are installed."""
    installed = _installed_package()
    if contract is None:
        contract = OWN_CONTRACT
        if not contract.is_file() and installed is not None:
            contract = installed / "openapi.json"
            if out is None and check:
                out = installed.parent
    return contract, out if out is not None else OWN_OUTPUT


def _installed_package() -> Path | None:
    """The folder of the installed package, found without importing it."""
    spec = find_spec("astrbot_api")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return Path(folders[0]) if folders else None

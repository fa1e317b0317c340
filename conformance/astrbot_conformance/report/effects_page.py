"""The table of `--effects` levels in the README, and the page with the operations of each level.

`make generate` runs this module.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.http import LEVELS, Effects, harmless

ROOT = Path(__file__).parents[3]
PAGE = Path("generated/docs/effects.md")
BEGIN, END = "<!-- effects: made of the contract by `make generate` -->\n", "<!-- /effects -->\n"
WHAT: Mapping[Effects, tuple[str, str]] = {
    "read": ("only read", "log in once, create its own keys, and send requests that change nothing"),
    "write": (
        "change something",
        "create its own resources, change and delete them; hold a few chats (`--max-chats`)",
    ),
    "external": ("call other machines", "also use operations that make AstrBot contact other machines"),
    "destructive": (
        "delete or overwrite",
        "also use them on resources that the run did not create: only for a disposable server",
    ),
}


def table(contract: Contract) -> str:
    """The table in Markdown: for each level, how many operations it adds and what a run may do."""
    rows = ["| `--effects` | operations | what a run may do |", "| --- | --- | --- |"]
    for level in LEVELS:
        does, may = WHAT[level]
        rows.append(f"| `{level}` | {len(_of(level, contract))} that {does} | {may} |")
    return "\n".join([*rows, ""])


def page(contract: Contract) -> str:
    """The page in Markdown: the keyed operations by level, then the operations without a harmless request."""
    return "\n".join([*_page(contract), ""])


def written(readme: str, contract: Contract) -> str:
    """Return the README with the new table. Raises ValueError if the README has no place for it."""
    before, _, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"the README lacks the markers of the table of effects: {BEGIN.strip()} … {END.strip()}")
    return f"{before}{BEGIN}{table(contract)}{END}{after}"


def main() -> None:
    """Write the table and the page."""
    contract, readme = releases.contract(releases.BASE), ROOT / "README.md"
    readme.write_text(written(readme.read_text("utf-8"), contract), "utf-8")
    (ROOT / PAGE).write_text(page(contract), "utf-8")


def _page(contract: Contract) -> Iterator[str]:
    yield "# What a run may do at each level"
    yield ""
    yield "`make generate` writes this page from the contract. Each level includes the ones above it. At every level, a"
    yield "run asks each operation whether it authorizes a key, with a request that changes nothing. The level limits"
    yield "the other requests."
    for level in LEVELS:
        yield from ("", f"## `--effects {level}`", "", f"{WHAT[level][1][0].upper()}{WHAT[level][1][1:]}.", "")
        yield from (f"- `{operation}`: {operation.summary}" for operation in _of(level, contract))
    yield from ("", "## Never called on a server that is not disposable", "")
    for operation in (*contract.keyed, *contract.closed):
        if risk := harmless(operation).risk:
            yield f"- `{operation}`: {risk}"


def _of(level: Effects, contract: Contract) -> list[Operation]:
    return [operation for operation in contract.keyed if operation.side_effect == level]


if __name__ == "__main__":
    main()

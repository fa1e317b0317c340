"""What each level of `--effects` opens, made of the contract: the table in the README and the page behind it.

Run by `make generate`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.http.connection import LEVELS, Effects
from astrbot_conformance.http.request import harmless

ROOT = Path(__file__).parents[2]
PAGE = Path("generated/docs/effects.md")
BEGIN, END = "<!-- effects: made of the contract by `make generate` -->\n", "<!-- /effects -->\n"
WHAT: Mapping[Effects, tuple[str, str]] = {
    "read": ("only show something", "log in once, make keys of its own, and ask what changes nothing"),
    "write": (
        "change something",
        "create things of its own, change and remove those; hold a few chats (`--max-chats`)",
    ),
    "external": ("call elsewhere", "also use operations that make AstrBot talk to other machines"),
    "destructive": (
        "remove or overwrite",
        "also use them on what the run did not make: only for a disposable server",
    ),
}


def table(contract: Contract) -> str:
    """A row for each level: how many operations it opens beyond the one before, and what a run may do."""
    rows = ["| `--effects` | operations | what a run may do |", "| --- | --- | --- |"]
    for level in LEVELS:
        does, may = WHAT[level]
        rows.append(f"| `{level}` | {len(_of(level, contract))} that {does} | {may} |")
    return "\n".join([*rows, ""])


def page(contract: Contract) -> str:
    """Every operation that a key reaches, by the level that opens it; then those that have no harmless request."""
    return "\n".join([*_page(contract), ""])


def written(readme: str, contract: Contract) -> str:
    """The README with the table in its place. ValueError where it has none."""
    before, _, rest = readme.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"the README has no place for the table of effects: {BEGIN.strip()} … {END.strip()}")
    return f"{before}{BEGIN}{table(contract)}{END}{after}"


def main() -> None:
    """Write both."""
    contract, readme = releases.contract(releases.BASE), ROOT / "README.md"
    readme.write_text(written(readme.read_text("utf-8"), contract), "utf-8")
    (ROOT / PAGE).write_text(page(contract), "utf-8")


def _page(contract: Contract) -> Iterator[str]:
    yield "# What a run may use"
    yield ""
    yield "Made of the contract by `make generate`. Each level includes those above it. At every level each operation"
    yield "is asked whether it lets a key in, by a request that changes nothing; the level says what a run then uses."
    for level in LEVELS:
        yield from ("", f"## `--effects {level}`", "", f"{WHAT[level][1][0].upper()}{WHAT[level][1][1:]}.", "")
        yield from (f"- `{operation}`: {operation.summary}" for operation in _of(level, contract))
    yield from ("", "## Never asked of a server that is not disposable", "")
    for operation in (*contract.keyed, *contract.closed):
        if risk := harmless(operation).risk:
            yield f"- `{operation}`: {risk}"


def _of(level: Effects, contract: Contract) -> list[Operation]:
    return [operation for operation in contract.keyed if operation.side_effect == level]


if __name__ == "__main__":
    main()

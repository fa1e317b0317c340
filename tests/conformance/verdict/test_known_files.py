"""A list of known deviations is read strictly, and belongs to one release, however its number is written."""

from pathlib import Path

import pytest
from astrbot_conformance.verdict import known as module
from astrbot_conformance.verdict.known import (
    FOLDERS,
    LISTS,
    Deviation,
    UnreadableKnownError,
    is_same_release,
    known_of,
    read_known,
)

ENTRY = '[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = "old"\n'
KEYS = "requirement, operation, reason, check, actual, confirmed, by_chance"


def read(folder: Path, text: str) -> tuple[Deviation, ...]:
    """The deviations of a file with this text."""
    file = folder / "known.toml"
    file.write_text(text)
    return read_known(file)


def test_the_members_of_an_entry(tmp_path: Path) -> None:
    """Every one is read. What is missing covers anything, and is not by chance."""
    every = 'operation = "list_bots"\ncheck = "test_x"\nactual = "200"\nconfirmed = "by hand"\nby_chance = true\n'

    first, second = read(tmp_path, f"{ENTRY}{ENTRY}{every}")
    assert first == Deviation("SCOPE-REQUIRED", None, "old")
    assert second == Deviation(
        "SCOPE-REQUIRED", "GET /api/v1/bots", "old", "test_x", "200", confirmed="by hand", by_chance=True
    )
    assert not read(tmp_path, f"{ENTRY}by_chance = false")[0].by_chance
    assert read(tmp_path, "") == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[y]\n[x]", ": unknown key `x`; only [[known]] tables are allowed"),
        ("known = 5", ": `known` must be an array of tables; begin each with [[known]]"),
        ("known = [5]", ": `known` must be an array of tables; begin each with [[known]]"),
        ("known = [{}, 5]", ": `known` must be an array of tables; begin each with [[known]]"),
        (f"{ENTRY}a = 1", f": [[known]] 1: unknown key `a`; the keys are {KEYS}"),
        (f"{ENTRY}{ENTRY}by_chance = 1", ": [[known]] 2: `by_chance` must be true or false"),
        (f"{ENTRY}check = 1", ": [[known]] 1: `check` must be a string"),
        (f"{ENTRY}confirmed = true", ": [[known]] 1: `confirmed` must be a string"),
        ("[[known]]", ": [[known]] 1: `requirement` is missing or empty"),
        (ENTRY.replace("SCOPE-REQUIRED", " "), ": [[known]] 1: `requirement` is missing or empty"),
        (ENTRY.replace("old", ""), ": [[known]] 1: `reason` is missing or empty"),
        (ENTRY.replace("SCOPE-REQUIRED", "QQ"), ": [[known]] 1: unknown requirement `QQ`"),
        (
            f'{ENTRY}operation = "QQ"',
            ": [[known]] 1: unknown operation `QQ`; write its id, or `METHOD /path`",
        ),
        (
            f'{ENTRY}operation = "list_bot"',
            ": [[known]] 1: unknown operation `list_bot`; did you mean list_bots?",
        ),
    ],
)
def test_a_wrong_entry(tmp_path: Path, text: str, problem: str) -> None:
    """The error names the file, the entry and the correction."""
    with pytest.raises(UnreadableKnownError) as raised:
        read(tmp_path, text)

    assert str(raised.value) == f"{tmp_path / 'known.toml'}{problem}"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("v4.26.0-beta.8", "4.26.0b8", True),
        ("4.26.0", "4.26.0b8", False),
        ("4.26.0b8", "4.26.0", False),
        ("nightly", " nightly".strip(), True),
        ("a build", "b build", False),
        ("b build", "a build", False),
        ("4.26.0", "a build", False),
    ],
)
def test_the_same_release(one: str, other: str, same: bool) -> None:  # noqa: FBT001  by pytest
    """As version numbers, or as texts if one of them is none."""
    assert is_same_release(one, other) == same


def test_lists_are_in_the_package_or_next_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an installation and in the repository. A release without a list has no known deviations."""
    package = Path(module.__file__).parents[1]

    assert [package / "known", package.parent / "known"] == FOLDERS
    assert LISTS in FOLDERS
    assert known_of("4.29.1")
    (tmp_path / "1.0.toml").write_text(ENTRY)
    monkeypatch.setattr(module, "LISTS", tmp_path)
    assert known_of("v1.0") == known_of("1") == (Deviation("SCOPE-REQUIRED", None, "old"),)
    assert known_of("2.0") == ()

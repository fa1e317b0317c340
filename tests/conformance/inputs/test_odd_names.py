"""Odd names are legal, begin as asked, and differ."""

import pytest
from astrbot_conformance.http import usable_id
from astrbot_conformance.inputs.odd_names import EVERYTHING, NUMBER, ODDITIES, odd_names

BEGINNING = "conform-0a1b2c3d-odd-"
LONG = (EVERYTHING, "200 characters", "all of this except dots")


@pytest.mark.parametrize("few", [True, False])
def test_each_name_is_usable(few: bool) -> None:  # noqa: FBT001  by pytest
    """No name is a path or too long, so that a run can remove what it created."""
    names = odd_names(beginning=BEGINNING, few=few)

    assert all(usable_id(name) == name and name.startswith(BEGINNING) for name in names.values())
    assert len(set(names.values())) == len(names) == (3 if few else 12)
    assert [len(name) for what, name in names.items() if what in LONG] == [200, 200]


def test_all_oddities_are_tried_unless_few_names_are_asked_for() -> None:
    """Each alone, and a name that is only long. If few are enough, the one with dots and the one with the others."""
    assert list(odd_names(BEGINNING).items())[1:-1] == [(what, BEGINNING + text) for what, text in ODDITIES.items()]
    assert odd_names(BEGINNING)["200 characters"].startswith(f"{BEGINNING}nnn")

    few = odd_names(BEGINNING, few=True)
    assert few["dots inside"] == BEGINNING + NUMBER
    assert NUMBER not in few["all of this except dots"]
    assert all(text in few["all of this except dots"] for text in ODDITIES.values() if text != NUMBER)


def test_the_first_name_combines_all_oddities() -> None:
    """It has 200 characters and ends like the name of a file."""
    what, name = next(iter(odd_names(BEGINNING).items()))

    assert what == EVERYTHING
    assert len(name) == 200
    assert name.endswith(NUMBER)
    assert all(text in name for text in ODDITIES.values())

"""Odd but legal names of resources: none of them is a path, and each can be an id of many kinds of resources."""

from collections.abc import Mapping

LONGEST_NAME = 200  # characters
NUMBER = "x-1.0.0"  # an end that looks like the suffix of a file
DOTS = "dots inside"
OTHERS: Mapping[str, str] = {
    "a blank inside": "a b",
    "Chinese characters": "中文名",
    "an emoji": "\U0001f600",
    "a percent sign": "100%25",
    "a plus": "a+b",
    "quotes": 'it\'s "so"',
    "a number sign": "a#b",
    "a question mark": "a?b",
    "an ampersand and a semicolon": "a&b=c;d",
}
ODDITIES: Mapping[str, str] = {DOTS: NUMBER, **OTHERS}
EVERYTHING = "200 characters with dots, blanks, Chinese, an emoji and signs"


def odd_names(beginning: str, *, few: bool = False) -> dict[str, str]:
    """Names that begin with `beginning`, by what is odd about them. The first one combines all oddities.

    few: of the others, only the one with dots and the one with all other oddities.
    """
    combined = _long(f"{beginning}{' '.join(OTHERS.values())}")
    together = {EVERYTHING: combined[: LONGEST_NAME - len(NUMBER) - 1] + f" {NUMBER}"}
    if few:
        return {**together, DOTS: f"{beginning}{NUMBER}", "all of this except dots": combined}
    alone = {what: f"{beginning}{text}" for what, text in ODDITIES.items()}
    return {**together, **alone, f"{LONGEST_NAME} characters": _long(beginning)}


def _long(beginning: str) -> str:
    return beginning.ljust(LONGEST_NAME, "n")

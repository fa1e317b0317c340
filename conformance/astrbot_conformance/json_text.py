"""Parse JSON from outside the suite within bounds that protect every thread and the memory.

Hypothesis changes the recursion limit of all threads. If the limit drops below the depth of a thread, Python 3.11 ends
the process. Therefore deeply nested values are not parsed.
"""

import json
import math
import re
from itertools import accumulate
from typing import Any, NoReturn

from astrbot_reference.safe_text import inert_json

LEVELS = 200
MOST_VALUES = 100_000  # in one document: each takes up to 200 bytes of memory
LONGEST_NUMBER = 300  # digits; Python refuses to convert 4,300, and a float ends at 308
REPLACEMENT = "\ufffd"
TEXT = re.compile(r'"(?:[^"\\]+|\\.)*"?', re.DOTALL)
BRACKET = re.compile(r"[\[\]{}]")
STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
SEPARATORS = "[{,:"  # each value but the first follows one of them
# Each begins with a set of characters, so that the search is fast on megabytes of other text.
LONG_NUMBER = re.compile(rf"[0-9](?<![0-9]{{2}})[0-9]{{{LONGEST_NUMBER - 1}}}")
LARGE_EXPONENT = re.compile(r"[eE]\+?[0-9]{3}")
SURROGATE = re.compile("[\ud800-\udfff]")
SURROGATE_OR_ESCAPE = re.compile(r"[\ud800-\udfff]|\\u[dD][89a-fA-F]")


class TooLarge(ValueError):
    """The text may be JSON, but it has more values, or longer numbers, than the suite handles."""


def parsed(text: str | bytes, *, keep_surrogates: bool = False) -> Any:
    """The parsed value. Replaces lone surrogates in its strings by U+FFFD unless `keep_surrogates` is set.

    Raises TooLarge if there are more than 100,000 values or a number is out of range. Raises ValueError if the text
    is not valid JSON or is nested deeper than 200 levels.
    """
    readable = text if isinstance(text, str) else text.decode(json.detect_encoding(text), "surrogatepass")
    if separators(readable) > MOST_VALUES and separators(TEXT.sub("", readable)) > MOST_VALUES:
        raise TooLarge(f"more than {MOST_VALUES:,} values")
    if readable.count("[") + readable.count("{") > LEVELS and _is_too_deep(readable):
        raise ValueError(f"nested deeper than {LEVELS} levels")
    has_odd_numbers = LONG_NUMBER.search(readable) or LARGE_EXPONENT.search(readable)
    numbers: dict[str, Any] = {"parse_int": _integer, "parse_float": _float} if has_odd_numbers else {}
    value = json.loads(readable, parse_constant=_refuse_constant, **numbers)
    is_plain = readable.isascii() and "\\u" not in readable
    if keep_surrogates or is_plain or not SURROGATE_OR_ESCAPE.search(readable):
        return value
    return _without_surrogates(value)


def dumped(value: Any) -> str:
    """The indented JSON text of a value, in UTF-8. Characters that could do harm in the output are escaped."""
    return inert_json(json.dumps(value, indent=2, ensure_ascii=False))


def separators(text: str) -> int:
    """The number of characters that can begin another value: at least the number of values after the first."""
    return sum(map(text.count, SEPARATORS))


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise TooLarge(f"a number of {len(digits):,} digits")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise TooLarge("a number that is too large for a float")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not valid JSON")


def _without_surrogates(value: Any) -> Any:
    """The value with every lone surrogate replaced. Text with a lone surrogate cannot be sent, written or displayed."""
    if isinstance(value, str):
        return SURROGATE.sub(REPLACEMENT, value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {SURROGATE.sub(REPLACEMENT, name): _without_surrogates(member) for name, member in value.items()}
    return value


def _is_too_deep(text: str) -> bool:
    brackets = BRACKET.findall(TEXT.sub("", text))
    return max(accumulate(map(STEPS.__getitem__, brackets)), default=0) > LEVELS

"""JSON that comes from outside, read only as deep as is safe in any thread.

Hypothesis moves the limit of recursion, which holds for all threads, up and down. Python 3.11 ends the whole process
where it goes down under a thread that is deep in some value: so none gets that deep.
"""

import json
import re
from itertools import accumulate
from typing import Any

LEVELS = 200
TEXT = re.compile(r'"(?:[^"\\]+|\\.)*"?', re.DOTALL)
BRACKET = re.compile(r"[\[\]{}]")
STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


def parsed(text: str | bytes) -> Any:
    """The value that a text is. Raises ValueError where it is no JSON, or nested deeper than 200 levels."""
    readable = text if isinstance(text, str) else text.decode(json.detect_encoding(text), "surrogatepass")
    if readable.count("[") + readable.count("{") > LEVELS and _is_too_deep(readable):
        raise ValueError(f"nested deeper than {LEVELS} levels")
    return json.loads(readable)


def _is_too_deep(text: str) -> bool:
    brackets = BRACKET.findall(TEXT.sub("", text))
    return max(accumulate(map(STEPS.__getitem__, brackets)), default=0) > LEVELS

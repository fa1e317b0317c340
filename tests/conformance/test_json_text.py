"""JSON from outside is read only as deep as is safe."""

import json

import pytest
from astrbot_conformance.json_text import LEVELS, parsed


@pytest.mark.parametrize(
    "text", ['{"a": [1, null]}', b"[]", '"[["', "[]".encode("utf-16"), b"\xef\xbb\xbf[]", b'"\\ud800"']
)
def test_read(text: str | bytes) -> None:
    """Any encoding of JSON is read as Python reads it."""
    assert parsed(text) == json.loads(text)


@pytest.mark.parametrize("text", ["", "[", "nothing", b"\xff", '{"a": 1,}', '"', '"\\'])
def test_no_json(text: str | bytes) -> None:
    """What is no JSON is refused."""
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|utf-8"):
        parsed(text)


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}"), ('[{"]":', "}]")])
def test_too_deep(opens: str, closes: str) -> None:
    """What is nested too deeply is refused before it is read; one level less is read."""
    each = opens.count("[") + opens.count("{") - closes.count("[")
    allowed = LEVELS // each
    as_deep = f"{opens * allowed}1{closes * allowed}"
    assert parsed(as_deep) == json.loads(as_deep)
    for deeper in (f"{opens * (allowed + 1)}1{closes * (allowed + 1)}", opens * 100_000):
        with pytest.raises(ValueError, match=f"deeper than {LEVELS}"):
            parsed(deeper)
        with pytest.raises(ValueError, match=f"deeper than {LEVELS}"):
            parsed(deeper.encode())


@pytest.mark.parametrize(
    "text", ['"' + "[" * 1000 + '"', json.dumps(["\\", '"[', "[" * 1000]), json.dumps([[]] * 1000)]
)
def test_brackets_that_nest_nothing(text: str) -> None:
    """Brackets in texts, or beside each other, do not count."""
    assert parsed(text) == json.loads(text)


def test_text_without_end() -> None:
    """A text that never ends is looked through once, not from each quote on."""
    with pytest.raises(ValueError, match="Unterminated"):
        parsed("[" * LEVELS + '"' + '\\"[' * 300_000)

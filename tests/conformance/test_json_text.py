"""External JSON is parsed only within safe limits."""

import json

import pytest
from astrbot_conformance.json_text import LEVELS, MOST_VALUES, TooLarge, parsed


@pytest.mark.parametrize(
    "text", ['{"a": [1, null]}', b"[]", '"[["', "[]".encode("utf-16"), b"\xef\xbb\xbf[]", b'"\\ud83c\\udf88"']
)
def test_read(text: str | bytes) -> None:
    """JSON in any encoding is parsed as Python parses it."""
    assert parsed(text) == json.loads(text)


@pytest.mark.parametrize("text", ["", "[", "nothing", b"\xff", '{"a": 1,}', '"', '"\\'])
def test_no_json(text: str | bytes) -> None:
    """Text that is not JSON is rejected."""
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|utf-8"):
        parsed(text)


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}"), ('[{"]":', "}]")])
def test_too_deep(opens: str, closes: str) -> None:
    """Deeply nested JSON is rejected before it is parsed; one level less is parsed."""
    each = opens.count("[") + opens.count("{") - closes.count("[")
    allowed = LEVELS // each
    as_deep = f"{opens * allowed}1{closes * allowed}"
    assert parsed(as_deep) == json.loads(as_deep)
    for deeper in (f"{opens * (allowed + 1)}1{closes * (allowed + 1)}", opens * 20_000):
        with pytest.raises(ValueError, match=f"deeper than {LEVELS}"):
            parsed(deeper)
        with pytest.raises(ValueError, match=f"deeper than {LEVELS}"):
            parsed(deeper.encode())


@pytest.mark.parametrize(
    "text", ['"' + "[" * 1000 + '"', json.dumps(["\\", '"[', "[" * 1000]), json.dumps([[]] * 1000)]
)
def test_brackets_that_nest_nothing(text: str) -> None:
    """Brackets in texts, and brackets next to each other, do not count."""
    assert parsed(text) == json.loads(text)


def test_text_without_end() -> None:
    """A text without an end is scanned once, not from each quote on."""
    with pytest.raises(ValueError, match="Unterminated"):
        parsed("[" * LEVELS + '"' + '\\"[' * 300_000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"a\ud800b"', "a\ufffdb"),
        (r'{"\uDfff": [{"b": "\ud800"}]}', {"\ufffd": [{"b": "\ufffd"}]}),
        (b'"\xed\xa0\x80"', "\ufffd"),
        (r'["\ud83c\udf88", "\ud800"]', ["🎈", "\ufffd"]),
    ],
)
def test_lone_surrogates_are_replaced(text: str | bytes, value: object) -> None:
    """Text that no encoding can write is replaced; valid pairs stay."""
    assert parsed(text) == value
    json.dumps(parsed(text), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1" * 5000, "5,000 digits"),
        ('{"a": -' + "9" * 400 + "}", "digits"),
        ("[1e999]", "too large for a float"),
        ("1" * 400 + ".5", "too large for a float"),
        ("[" + "{}," * MOST_VALUES + "{}]", "values"),
        ("[" * 1_000_000, "values"),
    ],
    ids=["digits", "negative", "float", "long float", "objects", "brackets"],
)
def test_too_large(text: str, reason: str) -> None:
    """JSON that would exhaust the memory, or raise an error later, is rejected before it is parsed."""
    with pytest.raises(TooLarge, match=reason):
        parsed(text)


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a": -Infinity}'])
def test_constants_of_python_are_not_json(text: str) -> None:
    """JSON has no such numbers."""
    with pytest.raises(ValueError, match="not valid JSON"):
        parsed(text)


@pytest.mark.parametrize("text", ["1" * 300, "1e308", json.dumps("7" * 5000), json.dumps(["," * MOST_VALUES * 2])])
def test_large_but_allowed(text: str) -> None:
    """Long numbers within the limits, and any number of digits and commas in texts."""
    assert parsed(text) == json.loads(text)

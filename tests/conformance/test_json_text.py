"""JSON from outside is read only as deep as is safe."""

import json

import pytest
from astrbot_conformance.json_text import LEVELS, MOST_VALUES, TooLarge, parsed


@pytest.mark.parametrize(
    "text", ['{"a": [1, null]}', b"[]", '"[["', "[]".encode("utf-16"), b"\xef\xbb\xbf[]", b'"\\ud83c\\udf88"']
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
    for deeper in (f"{opens * (allowed + 1)}1{closes * (allowed + 1)}", opens * 20_000):
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
    """Text that no encoding can write never gets further; sound pairs stay."""
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
    """What would exhaust the memory, or raise later on, is refused before it is read."""
    with pytest.raises(TooLarge, match=reason):
        parsed(text)


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a": -Infinity}'])
def test_constants_of_python_are_not_json(text: str) -> None:
    """JSON has no such numbers."""
    with pytest.raises(ValueError, match="not valid JSON"):
        parsed(text)


@pytest.mark.parametrize("text", ["1" * 300, "1e308", json.dumps("7" * 5000), json.dumps(["," * MOST_VALUES * 2])])
def test_large_but_allowed(text: str) -> None:
    """Long numbers within the bounds, and any number of digits and commas in texts."""
    assert parsed(text) == json.loads(text)

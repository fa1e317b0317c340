"""Odd input has the size that its name promises, and goes only to operations and members that can take it."""

import json
import re

import pytest
from astrbot_api.operation import Body, Operation
from astrbot_conformance.http import UNKNOWN_ID
from astrbot_conformance.inputs.odd_input import (
    BODIES,
    IDS,
    LONG_TEXT,
    NUMBERS,
    TEXTS,
    bodied,
    counting,
    odd_body,
    odd_id,
    odd_members,
    odd_queries,
    queried,
    read_by_id,
    telling,
    wrongly_typed,
)

from tests.conformance.made import BODY, contract_of, contract_with, operation, parameter

TOO_LARGE = "10000000000000000000"
COUNT, SHARE = parameter("count", "query", "integer"), parameter("share", "query", "number", required=True)
WORD = parameter("word", "query", required=True)
OTHERS = (
    parameter("more", "query"),
    parameter("flag", "query", "boolean", required=True),
    parameter("open", "query", "string|null", required=True),
)
ID, HEADER, FORM = parameter("id", "path"), parameter("X-Odd", "header"), parameter("form", "querystring", "integer")
SEARCH = operation("/api/v1/search/{id}", COUNT, ID, SHARE, WORD, HEADER, FORM, *OTHERS)
PLAIN, POST = operation("/api/v1/plain", HEADER, FORM), operation(method="POST", side_effect="write")
CHANGES = [
    operation(f"/api/v1/{effect}/{{id}}", ID, COUNT, WORD, side_effect=effect)
    for effect in ("destructive", "external", "write")
]


def test_odd_numbers_exceed_the_usual_types() -> None:
    """Those of 64 bits, with and without a sign, and those of 32 bits. The small ones are wrong as a count."""
    assert (int(TOO_LARGE), -int(TOO_LARGE), 9223372036854775808, 2147483648, -1, 0) == NUMBERS


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("combining marks", "e\u0301{500}"),
        ("number of 5,000 digits", "9{5000}"),
        ("20 digits", "10{19}"),
    ],
)
def test_an_odd_text_is_as_long_as_its_name_promises(what: str, pattern: str) -> None:
    """Shorter texts would break nothing."""
    assert re.fullmatch(pattern, TEXTS[what])


def test_an_odd_id_is_longer_than_a_file_name_can_be() -> None:
    """A file name has at most 255 bytes. The id still begins like a nonexistent one."""
    assert re.fullmatch(f"{UNKNOWN_ID}-x{{290}}", IDS["an id longer than a file name can be"])


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("deep nesting", rb"\[{5000}\]{5000}"),
        ("deep nesting of objects", rb'\[(\{"a":){900}1\}{900}\]'),
        ("deep and cut off", rb"\[{100000}"),
        ("number of 5,000 digits", rb"\[9{5000}\]"),
        ("long text", rb'"x{1000000}"'),
    ],
)
def test_an_odd_body_is_as_large_as_its_name_promises(what: str, pattern: bytes) -> None:
    """None of them is an object, so no server can act on it."""
    request = odd_body(operation(method="POST", body=BODY), what)

    assert (request.headers, request.body) == BODIES[what]
    assert re.fullmatch(pattern, BODIES[what][1])


def test_operations_that_take_a_json_body() -> None:
    """Only if their harmless request has a body too."""
    text = Body(("text/plain",), required=True, schema=None, pointer=None)
    takes = operation(method="POST", body=BODY)
    others = [
        operation("/none"),
        operation("/text", body=text),
        operation("/empty", body=BODY, probe_body=False),
        operation("/risky", body=BODY, probe_reason="it acts"),
        operation("/closed", body=BODY, scope=None),
    ]

    assert bodied(contract_of(takes, *others)) == (takes,)


def test_operations_that_take_a_query() -> None:
    """Only those that read. They either have a number in the query, or texts alone."""
    words = operation("/words", WORD, parameter("number", "path", "integer"))
    contract = contract_of(SEARCH, PLAIN, POST, words, operation("/ids/{id}", ID), *CHANGES)

    assert queried(contract) == (SEARCH, words)
    assert (counting(contract), telling(contract)) == ((SEARCH,), (words,))
    assert all(counting(contract_of(operation("/", one))) for one in (COUNT, SHARE))


def test_operations_that_read_by_id() -> None:
    """Only those with a harmless request."""
    risky = operation("/risky/{id}", ID, probe_reason="it acts")

    assert read_by_id(contract_of(SEARCH, PLAIN, POST, risky, *CHANGES)) == (SEARCH,)


def test_an_odd_id_stands_for_every_parameter_of_the_path() -> None:
    """The query is the one of the harmless request."""
    nested = operation("/a/{id}/b/{other}", ID, parameter("other", "path"), WORD, probe_query=(("word", "x"),))

    request = odd_id(nested, "an id with a zero byte")

    assert request.path == f"/a/{UNKNOWN_ID}-a%00b/b/{UNKNOWN_ID}-a%00b"
    assert request.query == (("word", "x"),)


def _queries(of: Operation, number: int = 1, *, few: bool = False) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(what, list(request.query)) for what, request in odd_queries(operation=of, number=number, few=few)]


def test_odd_queries_have_odd_numbers_and_odd_texts() -> None:
    """Each number alone, all texts odd, all texts empty, and finally each parameter twice."""
    *numbers, odd, empty, twice = _queries(SEARCH)
    word = ("word", UNKNOWN_ID)  # a required text

    assert numbers == [
        (f"`{name}={sign}{TOO_LARGE}`", [word, (name, f"{sign}{TOO_LARGE}")])
        for name in ("count", "share")
        for sign in ("", "-")
    ]
    names = ["word", "more", "flag", "open"]
    assert [name for name, _ in odd[1]] == names
    assert empty == (
        "an empty text in `word`, `more`, `flag`, `open`",
        [(name, "") for name in names],
    )
    assert twice == (f"{empty[0]}, each parameter twice", [(name, "") for name in names for _ in range(2)])


@pytest.mark.parametrize("number", range(5))
def test_the_description_names_each_odd_text(number: int) -> None:
    """Half a surrogate pair cannot be sent, so another character replaces it."""
    description, query = _queries(operation("/words", WORD, *OTHERS), number)[0]

    texts = [TEXTS[part.rpartition(" in ")[0]].replace("\ud800", "\x80") for part in description.split(", ")]
    assert [text for _, text in query] == texts


def test_few_odd_queries() -> None:
    """One number for each parameter. The texts are odd or empty, depending on the seed, and come twice."""
    lasts = set()
    for number in range(10):
        count, share, (what, query) = _queries(SEARCH, number, few=True)
        assert (count[0], share[0]) == (f"`count={TOO_LARGE}`", f"`share={TOO_LARGE}`")
        assert what.endswith(", each parameter twice")
        assert query[::2] == query[1::2]
        lasts.add(what.startswith("an empty text"))

    assert lasts == {True, False}


def test_odd_queries_of_an_operation_without_texts() -> None:
    """The last number is repeated."""
    assert _queries(operation("/count", COUNT), few=True) == [
        (f"`count={TOO_LARGE}`, each parameter twice", [("count", TOO_LARGE)] * 2)
    ]


MEMBERS = contract_with(
    {
        "properties": {
            "size": {"type": "integer"},
            "name": {"type": ["string", "null"]},
            "all": {"type": "array"},
            "x": {},
        }
    }
)


def test_a_wrongly_typed_body_has_a_list_in_each_member() -> None:
    """Except in members that take a list. A body without described members is empty."""
    typed = wrongly_typed(operation(method="POST", body=BODY), MEMBERS)

    assert json.loads(typed.body or b"") == {"size": ["size"], "name": ["name"], "x": ["x"]}
    assert wrongly_typed(operation(method="POST"), MEMBERS).body == b"{}"
    assert wrongly_typed(operation(method="POST", body=BODY), contract_with({})).body == b"{}"


def test_odd_members_come_one_at_a_time() -> None:
    """Numbers in members with an integer, texts in members with a text. The last text is long."""
    numbers, texts = odd_members(operation(method="POST", body=BODY), MEMBERS, "conform-")

    assert numbers == [{"size": number} for number in NUMBERS]
    assert texts == [{"name": f"conform-{text}"} for text in (*TEXTS.values(), LONG_TEXT)]
    assert len(LONG_TEXT) == 100_000
    assert odd_members(operation(method="POST"), MEMBERS, "") == ([], [])

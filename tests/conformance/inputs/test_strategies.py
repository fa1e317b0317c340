"""Generated scopes, segments and chains: each is what its name says, and the extremes occur."""

from typing import TypeVar

import pytest
from astrbot_api import releases
from astrbot_conformance.contract import grantable
from astrbot_conformance.http import NONE, UNKNOWN_ID
from astrbot_conformance.inputs import strategies as made
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.conformance.made import new

CONTRACT = releases.contract()
SCOPES = set(CONTRACT.scopes)
Value = TypeVar("Value")


def drawn(strategy: SearchStrategy[Value], number: int = 400) -> list[Value]:
    """That many values of a strategy, the same ones in every run."""
    values = list[Value]()

    @settings(
        max_examples=number // 20,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(*[strategy] * 20))
    def each(some: tuple[Value, ...]) -> None:
        values.extend(some)

    each()
    return values


@pytest.mark.parametrize(
    ("strategy", "lengths"),
    [
        (made.words, range(1, 13)),
        (made.names, range(1, 13)),
        (made.blank_texts, range(5)),
        (made.empty_chains, range(5)),
        (made.reply_chains, range(1, 6)),
        (made.beside_valid(st.just({})), range(2, 5)),
        (made.scope_lists(CONTRACT), range(1, 7)),
        (made.implying_scope_lists(CONTRACT, "config"), range(1, 7)),
        (made.ungrantable_scope_lists(CONTRACT), range(1, 6)),
    ],
)
def test_every_length_occurs(strategy: SearchStrategy[str], lengths: range) -> None:
    """From the shortest to the longest, and no other."""
    assert {len(value) for value in drawn(strategy)} == set(lengths)


def test_texts_of_segments() -> None:
    """Words have no blanks, names are nothing like a path, and an empty message has nothing else."""
    assert all("".join(word.split()) == word for word in drawn(made.words))
    assert all(name.isalnum() or not set(name) & set("./\\%: -") for name in drawn(made.names))
    assert set("".join(drawn(made.blank_texts))) == set(" \t\n\r")
    assert all(segment == {"type": "plain", "text": ""} for chain in drawn(made.empty_chains, 50) for segment in chain)


def test_a_reply_names_a_message() -> None:
    """By a small number or a word. It may quote the message."""
    replies = drawn(made.replies)

    assert {reply["message_id"] for reply in replies if isinstance(reply["message_id"], int)} == set(range(1, 10))
    assert {frozenset(reply) for reply in replies} == {
        frozenset({"type", "message_id"}),
        frozenset({"type", "message_id", "selected_text"}),
    }


def test_a_missing_attachment_does_not_exist() -> None:
    """Its id begins like that of every nonexistent resource."""
    assert all(segment["attachment_id"].startswith(f"{NONE}-") for segment in drawn(made.missing_media, 50))


def test_segments_of_an_unknown_type_have_valid_fields() -> None:
    """Each combination of the fields of known types occurs."""
    segments = drawn(made.segments_of_unknown_type())
    fields = {"attachment_id": UNKNOWN_ID, "message_id": 1}

    assert len({frozenset(segment) for segment in segments}) == 8
    assert not {segment["type"] for segment in segments} & set(made.REQUIRED_FIELD)
    assert all(segment.get(name, value) == value for segment in segments for name, value in fields.items())


def test_segments_without_their_field_may_have_other_fields() -> None:
    """Each type occurs, with each combination of the fields of other types."""
    segments = drawn(made.segments_without_field())

    assert {segment["type"] for segment in segments} == set(made.REQUIRED_FIELD)
    assert not [segment for segment in segments if made.REQUIRED_FIELD[segment["type"]] in segment]
    assert {frozenset(segment) for segment in segments if segment["type"] == "plain"} == {
        frozenset({"type", *others})
        for others in ([], ["message_id"], ["attachment_id"], ["message_id", "attachment_id"])
    }


def test_a_segment_is_put_beside_valid_ones() -> None:
    """At every place of a chain."""
    odd = {"type": "odd"}
    chains = drawn(made.beside_valid(st.just(odd)))

    assert {chain.index(odd) for chain in chains} == {0, 1, 2, 3}
    assert all(chain.count(odd) == 1 for chain in chains)


def test_a_segment_is_put_everywhere_beside_a_valid_one() -> None:
    """In turn: last, first, in the middle, after many and before many."""
    valid = {"type": "plain", "text": "x"}
    chains = made.everywhere_beside(valid, list(range(6)))

    assert chains[:3] == [[valid, 0], [1, valid], [valid, 2, valid]]
    assert chains[3:5] == [[*[valid] * 200, 3], [4, *[valid] * 200]]
    assert chains[5] == [valid, 5]


def test_valid_chains_have_content() -> None:
    """At least one segment that is no reply, and up to six others before it and after it."""
    image = {"type": "image", "attachment_id": "a1"}
    record = {"type": "record", "attachment_id": "a2"}
    plain = drawn(made.valid_chains(attachments={}, with_replies=False))
    mixed = drawn(made.valid_chains({"a1": "image", "a2": "record"}, with_replies=True))
    contents = [[segment for segment in chain if segment["type"] != "reply"] for chain in mixed]

    assert {len(chain) for chain in plain} == set(range(1, 14))
    assert {segment["type"] for chain in plain for segment in chain} == {"plain"}
    assert {segment["type"] for chain in mixed for segment in chain} == {"plain", "reply", "image", "record"}
    assert all(contents)
    assert all(one in (image, record) for chain in contents for one in chain if one["type"] != "plain")
    assert not [
        chain for chain in drawn(made.valid_chains({"a1": "image"}, with_replies=False)) if "reply" in str(chain)
    ]


def test_lists_of_scopes_leave_one_out() -> None:
    """Every other scope occurs. Scopes are repeated."""
    for without in sorted(SCOPES)[1:3]:
        lists = drawn(made.scope_lists(contract=CONTRACT, without=new(without)))
        assert {scope for one in lists for scope in one} == SCOPES - {without}
        assert [one for one in lists if len(set(one)) < len(one)]
    assert {scope for one in drawn(made.scope_lists(CONTRACT)) for scope in one} == SCOPES


def test_an_implying_scope_is_at_any_place() -> None:
    """Next to any other scopes."""
    lists = drawn(made.implying_scope_lists(CONTRACT, "config"))

    assert {one.index("config") for one in lists} == set(range(6))
    assert {scope for one in lists for scope in one} == SCOPES


def test_an_ungrantable_scope_is_nearly_a_scope_or_no_scope() -> None:
    """It differs from a scope in its case or in one character, or names a closed area."""
    lists = drawn(made.ungrantable_scope_lists(CONTRACT))
    odd = {scope for one in lists for scope in one} - set(grantable(CONTRACT))
    near = [{change(scope) for scope in SCOPES} for change in (str.upper, str.title, "{}s".format, " {}".format)]

    assert all(set(one) - set(grantable(CONTRACT)) for one in lists)
    assert all(odd & some for some in [*near, {scope[:-1] for scope in SCOPES}, {*CONTRACT.closed_scopes, "*"}])

"""Hypothesis strategies for lists of scopes, segments and chains. Small values come first, to shrink findings well."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from astrbot_api.contract import Contract
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from astrbot_conformance.contract import grantable
from astrbot_conformance.http import NONE, UNKNOWN_ID

Segment = dict[str, Any]
Chain = list[Any]

BLANKS = " \t\n\r"
MEDIA = ("image", "record", "file", "video")
REQUIRED_FIELD = {"plain": "text", "reply": "message_id"} | dict.fromkeys(MEDIA, "attachment_id")
NO_ATTACHMENT = UNKNOWN_ID

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=12
)
names = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12)  # nothing like a path
plains: SearchStrategy[Segment] = st.fixed_dictionaries({"type": st.just("plain"), "text": words})
replies: SearchStrategy[Segment] = st.fixed_dictionaries(
    {"type": st.just("reply"), "message_id": st.one_of(st.integers(1, 9), words)}, optional={"selected_text": words}
)

blank_texts = st.text(st.sampled_from(BLANKS), max_size=4)
empty_chains: SearchStrategy[Chain] = st.lists(
    st.fixed_dictionaries({"type": st.just("plain"), "text": st.just("")}), max_size=4
)
empty_messages: SearchStrategy[str | Chain] = st.one_of(blank_texts, empty_chains)
reply_chains: SearchStrategy[Chain] = st.lists(replies, min_size=1, max_size=5)

missing_media: SearchStrategy[Segment] = st.fixed_dictionaries(
    {"type": st.sampled_from(MEDIA), "attachment_id": names.map(lambda name: f"{NONE}-{name}")}
)
unknown_types = words.filter(lambda name: name.strip() not in REQUIRED_FIELD)


@st.composite
def segments_of_unknown_type(draw: st.DrawFn) -> Segment:
    """A segment that would be valid if its type were valid."""
    fields = {"text": draw(words), "attachment_id": NO_ATTACHMENT, "message_id": 1}
    present = draw(st.sets(st.sampled_from(sorted(fields))))
    return {"type": draw(unknown_types)} | {name: fields[name] for name in sorted(present)}


@st.composite
def segments_without_field(draw: st.DrawFn) -> Segment:
    """A segment of a known type without the field that its type requires. Fields of other types may be present."""
    kind = draw(st.sampled_from(sorted(REQUIRED_FIELD)))
    others = sorted(set(REQUIRED_FIELD.values()) - {REQUIRED_FIELD[kind]})
    present = draw(st.sets(st.sampled_from(others)))
    return {"type": kind} | dict.fromkeys(sorted(present), "1")


@st.composite
def beside_valid(draw: st.DrawFn, segments: SearchStrategy[Segment]) -> Chain:
    """A chain of ordinary segments with one of `segments` among them."""
    chain: Chain = draw(st.lists(plains, min_size=1, max_size=3))
    chain.insert(draw(st.integers(0, len(chain))), draw(segments))
    return chain


def everywhere_beside(valid: Segment, segments: Sequence[Any]) -> list[Chain]:
    """A chain for each of `segments`. In turn, it is first, last, in the middle, after many and before many."""
    turns: list[Callable[[Any], Chain]] = [
        lambda segment: [valid, segment],
        lambda segment: [segment, valid],
        lambda segment: [valid, segment, valid],
        lambda segment: [valid] * 200 + [segment],
        lambda segment: [segment] + [valid] * 200,
    ]
    return [turns[index % len(turns)](segment) for index, segment in enumerate(segments)]


def valid_chains(attachments: Mapping[str, str], *, with_replies: bool) -> SearchStrategy[Chain]:
    """Valid chains with segments in any order, at least one with content. Media come only from `attachments`."""
    contents = [plains, *([media(attachments)] if attachments else [])]
    more = st.lists(st.one_of(*contents, *([replies] if with_replies else [])), max_size=6)
    return st.tuples(more, st.one_of(*contents), more).map(lambda parts: [*parts[0], parts[1], *parts[2]])


def media(attachments: Mapping[str, str]) -> SearchStrategy[Segment]:
    """Segments that name one of `attachments`."""
    segments = [{"type": kind, "attachment_id": name} for name, kind in sorted(attachments.items())]
    return st.sampled_from(segments)


def scope_lists(contract: Contract, *, without: str | None = None) -> SearchStrategy[list[str]]:
    """Lists of one or more scopes in any order, with repetitions."""
    return st.lists(st.sampled_from([scope for scope in contract.scopes if scope != without]), min_size=1, max_size=6)


@st.composite
def implying_scope_lists(draw: st.DrawFn, contract: Contract, implying: str) -> list[str]:
    """Lists that contain `implying` once or more, in any position, next to other scopes."""
    scopes = draw(st.lists(st.sampled_from(contract.scopes), max_size=5))
    scopes.insert(draw(st.integers(0, len(scopes))), implying)
    return scopes


@st.composite
def ungrantable_scope_lists(draw: st.DrawFn, contract: Contract) -> list[str]:
    """Lists with at least one name that developer keys cannot hold."""
    scopes = draw(st.lists(st.sampled_from(contract.scopes), max_size=4))
    near = st.sampled_from(contract.scopes).flatmap(
        lambda s: st.sampled_from([s.upper(), s.title(), f"{s}s", f" {s}", s[:-1]])
    )
    others = st.one_of(st.sampled_from([*contract.closed_scopes, "*"]), near, words)
    name = draw(others.filter(lambda s: s not in grantable(contract)))
    scopes.insert(draw(st.integers(0, len(scopes))), name)
    return scopes

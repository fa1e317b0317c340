"""SESSIONS-*: the sessions of a user."""

from astrbot_conformance.contract import SESSIONS
from astrbot_conformance.exploration import Exploration
from astrbot_conformance.finding import NotJudged, expect_refused, written
from astrbot_conformance.key_ring import KeyRing
from astrbot_conformance.request import asking
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.strategies import blank_texts
from astrbot_conformance.target import Target

NOBODY: list[dict[str, str]] = [{}, {"username": ""}, {"username": "  "}]


@requirement("SESSIONS-USERNAME")
@over([SESSIONS])
def test_sessions_username(target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """`username` is required by `GET /chat/sessions`."""
    key = keys.weakest(SESSIONS.scope)
    control = target.send_once(asking(SESSIONS, query={"username": "conform-none-1"}), key)
    if not control.is_accepted:
        raise NotJudged(f"{SESSIONS}: with a username it answers {control.in_short}")

    def judge(query: dict[str, str]) -> None:
        answer = target.send(asking(SESSIONS, query=query), key)
        expect_refused(answer, f"the sessions of nobody ({written(query)})")

    exploration.try_each(NOBODY, blank_texts.map(lambda blank: {"username": blank}), judge)

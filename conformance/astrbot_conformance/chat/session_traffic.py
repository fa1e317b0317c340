"""A model of the actions of users on their sessions. It knows the expected list of sessions after each step."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from astrbot_conformance.astrbot_operations import CHAT, request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.chat.sessions import LARGEST_PAGE, Page, new_session, page_of, pages_of, user_of
from astrbot_conformance.http import Key, Target
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import fail

Step = tuple[str, Any]  # begin, chat NAME, other begins, delete WHICH, delete together (ONE, OTHER), list (PAGE, SIZE)
Traffic = list[Step]
USUAL_PAGE = 20  # sessions on a page if the request names no size

creations: SearchStrategy[Step] = st.tuples(st.sampled_from(("begin", "begin", "other begins")), st.none())
deletions: SearchStrategy[Step] = st.tuples(st.just("delete"), st.integers(0, 5))
listings: SearchStrategy[Step] = st.tuples(st.just("list"), st.tuples(st.integers(-2, 5), st.integers(-2, 4)))
traffic: SearchStrategy[Traffic] = st.lists(
    st.one_of(creations, creations, listings, deletions), min_size=4, max_size=9
)


@dataclass
class SessionModel:
    """The sessions that a user must see while another user has sessions too.

    The contract promises no order. A page is compared with the newest-first order. If it differs, it is compared
    with the order in which the target lists all sessions.
    """

    target: Target
    chats: Chats
    key: Key
    other: Key
    sessions: list[str]

    def run(self, steps: Traffic) -> None:
        """Take every step, and compare each page, and finally the whole list, with the expected sessions."""
        for kind, detail in steps:
            if kind == "begin":
                self.sessions.insert(0, new_session(self.target, self.key))
            elif kind == "other begins":
                new_session(self.target, self.other)
            elif kind == "chat":
                self._chat(detail)
            elif kind == "delete" and self.sessions:
                self._delete(self.sessions[detail % len(self.sessions)])
            elif kind == "delete together":
                self._delete_together([self.sessions[number] for number in detail])
            elif kind == "list":
                self.check_page(*detail)
        self.check_all(2)

    def check_page(self, number: int, size: int | None) -> None:
        """Check a page: it is the slice of the list for its number and size, after both are limited to valid values."""
        sized = {} if size is None else {"page_size": size}
        page = page_of(self.target, self.key, user_of(self.key), page=number, **sized)
        valid_number = max(number, 1)
        valid_size = USUAL_PAGE if size is None else min(max(size, 1), LARGEST_PAGE)
        on_page = slice((valid_number - 1) * valid_size, valid_number * valid_size)
        expected = tuple(self.sessions[on_page])
        if page.ids != expected and len(page.ids) == len(expected):
            expected = self._as_listed()[on_page]
        if (page.page, page.page_size) != (valid_number, valid_size):
            actual = f"`page` {page.page} and `page_size` {page.page_size}"
            fail(page.response, expected=f"`page` {valid_number} and `page_size` {valid_size}", actual=actual)
        if len(page.ids) > valid_size:
            expected_size = f"at most {valid_size} sessions on the page"
            fail(page.response, expected=expected_size, actual=f"{len(page.ids)} sessions")
        if page.ids != expected:
            expected_page = f"the sessions {list(expected)} on the page"
            fail(page.response, expected=expected_page, actual=f"the sessions {list(page.ids)}")
        self._check_total(page)

    def check_all(self, size: int) -> None:
        """Check that all pages together are the complete list, without repeated sessions."""
        pages = list(pages_of(self.target, self.key, user_of(self.key), size, sessions=len(self.sessions)))
        listed = [session for page in pages for session in page.ids]
        repeated = sorted({session for session in listed if listed.count(session) > 1})
        if repeated:
            actual = f"the sessions {repeated} more than once"
            fail(pages[0].response, expected="each session once on all pages together", actual=actual)
        if sorted(listed) != sorted(self.sessions):
            expected = f"the sessions {self.sessions} on all pages together"
            fail(pages[0].response, expected=expected, actual=f"the sessions {listed}")
        for page in pages:
            self._check_total(page)

    def _as_listed(self) -> tuple[str, ...]:
        """All sessions in the order of the target. The expected order if the target lists other sessions."""
        ids = page_of(self.target, self.key, user_of(self.key), page=1, page_size=LARGEST_PAGE).ids
        return ids if sorted(ids) == sorted(self.sessions) else tuple(self.sessions)

    def _check_total(self, page: Page) -> None:
        if page.total != len(self.sessions) or isinstance(page.total, bool):
            fail(page.response, expected=f"`total` {len(self.sessions)}", actual=f"`total` {page.total}")

    def _chat(self, name: str) -> None:
        response = self.chats.converse(self.key, {"session_id": name, "message": GREETING})
        if not response.is_accepted:
            raise NotJudged(f"{CHAT}: an ordinary chat is not accepted: {response.in_short}")
        if name not in self.sessions:
            self.sessions.insert(0, name)

    def _delete_together(self, sessions: list[str]) -> None:
        response = self.target.send(request("delete_chat_sessions", body={"session_ids": sessions}), self.key)
        if response.is_accepted:
            self.sessions = [session for session in self.sessions if session not in sessions]

    def _delete(self, session: str) -> None:
        response = self.target.send(request("delete_chat_session", session_id=session), self.key)
        if response.is_accepted:
            self.sessions.remove(session)

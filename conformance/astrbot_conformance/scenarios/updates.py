"""Updates of resources that the run created: each changes what it names, and nothing else."""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from typing import Any

from astrbot_conformance.http import HttpRequest, HttpResponse, Key, Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.scenarios.entries import Entries, Members
from astrbot_conformance.verdict.finding import fail

Name = tuple[str, str]
"""A resource: its kind and its id."""
State = Mapping[Name, Members]

NOTE = "made by a conformance run"
PAUSE = 3.0  # seconds until a request that failed on a real server is sent once more
MAINTAINED = frozenset({"updated_at"})  # members that the server updates with every change
LONGEST = 120  # characters of a value in a finding


@dataclass(frozen=True, slots=True)
class Effect:
    """What an accepted request does to one resource.

    members: its new values. without: the members that it loses. renamed: its new id. is_gone: whether it is removed.
    is_new: whether the request may create it.
    """

    noun: str
    id: str
    members: Members = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    renamed: str | None = None
    is_gone: bool = False
    is_new: bool = False

    def on(self, before: State) -> State:
        """The state after the request."""
        after = dict(before)
        entry = after.pop((self.noun, self.id), {} if self.is_new else None)
        if entry is not None and not self.is_gone:
            kept = {name: value for name, value in entry.items() if name not in self.without}
            after[self.noun, self.renamed or self.id] = {**kept, **self.members}
        return after


@dataclass(frozen=True, slots=True)
class Read:
    """A request that shows resources of one kind.

    entries: finds them in the data of the response, each with its id. ignored: the members that the server maintains.
    """

    noun: str
    request: HttpRequest
    entries: Callable[[Any], Entries]
    ignored: frozenset[str] = MAINTAINED


@dataclass(frozen=True, slots=True)
class Step:
    """One request: what it does in words, its effects if it is accepted, and whether the contract rejects it."""

    what: str
    request: HttpRequest
    effects: tuple[Effect, ...] = ()
    is_invalid: bool = False


class Updates:
    """Sends updates with one key and compares the resources of the run with the expected state.

    If requests are cheap, the resources are read after each request, otherwise once after all of them.
    """

    def __init__(self, target: Target, key: Key, cleanup: Cleanup, keys: KeyRing, subject: str) -> None:
        """Watch the resources whose ids begin with `mark`, a name of the run with its `subject`; `watch` adds others.

        Raises NotJudged if writing is not allowed.
        """
        if not target.options.allows("write"):
            raise NotJudged("updates resources of the run; judged only with --effects write", by_choice=True)
        self.target = target
        self.key = key
        self.cleanup = cleanup
        self.contract = keys.contract
        self.mark = f"{keys.name}updated-{subject}"
        self.is_cheap = target.options.is_cheap
        self.reads: list[Read] = []
        self._watched = set[str]()
        self._expected: State = {}
        self._pending: list[tuple[Step, HttpResponse]] = []
        self._refused: list[HttpResponse] = []

    def watch(self, *ids: str) -> None:
        """Add resources whose ids the server chose."""
        self._watched.update(ids)

    def create(self, kind: ResourceKind, name: str, **more: Any) -> str:
        """The id of a new resource with these additional members. NotJudged if none can be created."""
        rich = replace(kind, content=lambda name, note: kind.content(name, note) | more)
        id = ResourceClient(rich, self.target, self.key, self.cleanup).create(name, NOTE)
        self.watch(id)
        return id

    def created(self, removal: HttpRequest | None, creation: HttpRequest) -> None:
        """Create a resource with this request. The run removes it with `removal`. NotJudged if it is rejected."""
        if removal:
            self.cleanup.owns(removal, self.key)
        response = self._answer(creation)
        if not response.is_accepted:
            raise NotJudged(f"{creation.operation}: an ordinary creation is not accepted: {response.in_short}")

    def begin(self, *reads: Read) -> None:
        """Read the resources before the next update. NotJudged if a read is rejected."""
        self.reads = list(reads)
        self._expected = self.state()

    def step(self, what: str, request: HttpRequest, *effects: Effect, extra: bool = False) -> HttpResponse | None:
        """Send an update and return the response. Its effects are judged now, or by `end`.

        extra: the update is sent only if requests are cheap and the release of the run has it.
        """
        if extra and not (self.is_cheap and request.operation.id in self.contract.by_id):
            return None
        response = self._answer(request)
        self._judge_later(Step(what, request, effects), response)
        return response

    def rename(self, kind: ResourceKind, id: str, new: str, renaming: HttpRequest, *effects: Effect) -> None:
        """Give a resource another id. The run removes it under either id."""
        self.cleanup.owns(kind.removing(new), self.key)
        renamed = Effect(kind.noun, id, {kind.id: new}, renamed=new)
        response = self.step(f"a new id of a {kind.noun}", renaming, renamed, *effects)
        if response is not None and response.is_accepted:
            self.cleanup.gone(kind.removing(id))

    def remove(self, kind: ResourceKind, id: str, *effects: Effect) -> None:
        """Remove a resource, if requests are cheap. Otherwise the run removes it at its end."""
        if self.is_cheap:
            removal = kind.removing(id)
            self.step(f"the removal of a {kind.noun}", removal, Effect(kind.noun, id, is_gone=True), *effects)
            self.cleanup.gone(removal)

    def expect_no_effect(self, attempts: Iterable[tuple[str, HttpRequest]]) -> bool:
        """Send requests that the contract rejects, each with what it does. A rejected one must change nothing.

        Returns whether every one of them is rejected. If something changed after all of them, they are sent again one
        by one, to find out which one it was.
        """
        steps = [Step(what, request, is_invalid=True) for what, request in attempts]
        self._pending = [(step, self._answer(step.request)) for step in steps]
        sent, actual = self._pending, self.state()
        is_rejected = all(response.is_refusal for _, response in sent)
        difference = self._difference_to(actual)
        if difference is None:
            return is_rejected
        self._expected = actual
        for step in steps:
            response = self._answer(step.request)
            self._pending = [(step, response)]
            if response.is_refusal:
                self.compare()
            else:
                self._expected = self.state()
        if is_rejected:
            self._pending = sent
            self._fail(*difference)
        return is_rejected

    def at_the_same_time(self, *steps: Step) -> None:
        """Send these requests concurrently. All effects of the accepted ones must be there afterwards."""
        for step, response in zip(steps, sent_together(self.target, self.key, [s.request for s in steps]), strict=True):
            self._note(step, response)
        self.compare()

    def end(self) -> None:
        """Judge what is still to be judged. NotJudged if a valid update was rejected, since it proves nothing then."""
        if self._pending:
            self.compare()
        if self._refused:
            last = self._refused[-1]
            raise NotJudged(f"{last.request.operation}: an ordinary update is rejected: {last.in_short}")

    def state(self) -> State:
        """The watched resources as the server shows them now. NotJudged if the first read is rejected."""
        shown: dict[Name, Members] = {}
        for read in self.reads:
            response = self.target.send(read.request, self.key)
            if response.is_refusal and self._expected:
                continue  # it shows a resource that no longer exists
            if not response.is_accepted:
                raise NotJudged(f"{read.request.operation}: a key with the required scope got {response.in_short}")
            for id, members in read.entries(response.data):
                if id.startswith(self.mark) or id in self._watched:
                    compared = {name: value for name, value in members.items() if name not in read.ignored}
                    shown[_unique((read.noun, id), shown)] = compared
        return shown

    def compare(self) -> None:
        """Raise FindingRaised if the resources differ from the expected state."""
        actual = self.state()
        if difference := self._difference_to(actual):
            self._fail(*difference)
        self._expected, self._pending = actual, []

    def _difference_to(self, actual: State) -> tuple[Name, str, str] | None:
        """The first resource that differs from the expected state, and what differs."""
        for name in {**self._expected, **actual}:
            if difference := _difference(self._expected.get(name), actual.get(name)):
                return name, *difference
        return None

    def _fail(self, name: Name, expected: str, actual: str) -> None:
        touching = [one for one in self._pending if any((e.noun, e.renamed or e.id) == name for e in one[0].effects)]
        step, response = (touching or self._pending)[-1]
        effect = "no effect, as it is rejected" if step.is_invalid else "exactly the effect that it names"
        fail(
            response,
            expected=f"{step.what} to have {effect}; the {name[0]} `{name[1]}`: {expected}",
            actual=f"{response.in_short}; the {name[0]} `{name[1]}`: {actual}",
        )

    def _judge_later(self, step: Step, response: HttpResponse) -> None:
        self._note(step, response)
        if self.is_cheap:
            self.compare()

    def _note(self, step: Step, response: HttpResponse) -> None:
        self._pending.append((step, response))
        if response.is_accepted:
            for effect in step.effects:
                self._expected = effect.on(self._expected)
        elif response.is_refusal and not step.is_invalid:
            self._refused.append(response)
        elif not response.is_refusal and self.is_cheap:
            self._expected = self.state()  # the server failed: whether the update was made is unknown
        elif not response.is_refusal:
            raise NotJudged(f"{step.request.operation}: an ordinary update got {response.in_short}")

    def _answer(self, request: HttpRequest) -> HttpResponse:
        with self.cleanup.writing:
            response = self.target.send(request, self.key)
            if response.status >= 500 and not self.is_cheap:
                time.sleep(PAUSE)  # concurrent requests can lock the database of a real server
                response = self.target.send(request, self.key)
            return response


def _unique(name: Name, shown: Mapping[Name, Members]) -> Name:
    """The name of a resource; with a number if the server lists the resource more than once."""
    number, unique = 1, name
    while unique in shown:
        number += 1
        unique = (name[0], f"{name[1]} (entry {number})")
    return unique


def _difference(expected: Members | None, actual: Members | None) -> tuple[str, str] | None:
    """What differs, as expected and as shown, in words. None if nothing does."""
    if expected is None or actual is None:
        return None if expected is actual else (_existence(expected), _existence(actual))
    names = [name for name in {**expected, **actual} if _text(expected, name) != _text(actual, name)]
    if not names:
        return None
    return _shown(names, expected), _shown(names, actual)


def _shown(names: Iterable[str], members: Members) -> str:
    return "; ".join(f"`{name}`: {_text(members, name)[:LONGEST]}" for name in names)


def _existence(members: Members | None) -> str:
    return "it does not exist" if members is None else "it exists once"


def _text(members: Members, name: str) -> str:
    """A member as JSON, so that `1`, `true` and `1.0` differ."""
    return json.dumps(members[name], sort_keys=True, ensure_ascii=False) if name in members else "absent"


def sent_together(target: Target, key: Key, requests: Sequence[HttpRequest]) -> list[HttpResponse]:
    """The responses to requests that are sent at the same time, in the order of the requests."""
    with ThreadPoolExecutor(len(requests), thread_name_prefix="together") as pool:
        sent = [pool.submit(copy_context().run, target.send, request, key) for request in requests]
        return [one.result() for one in sent]

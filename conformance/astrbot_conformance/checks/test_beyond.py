"""BEYOND-*: operations that a target publishes and no contract knows. Only rules for every operation are checked.

What such an operation does is unknown. A target that is not disposable gets only requests that change nothing even
if they are authorized (see `preflight/new_operations.py`), and with `--effects read` only a GET.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from astrbot_api.operation import Operation

from astrbot_conformance.contract import grantable
from astrbot_conformance.http import NOT_SERVED, HttpResponse, Key, KeyHeader, Target, harmless
from astrbot_conformance.inputs.evasion import FORMS, reaches_operation
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import expect_rejected, in_words, scopes_in_words
from astrbot_conformance.outcome import NotJudged, if_judged
from astrbot_conformance.passive.required_rejection import INSUFFICIENT
from astrbot_conformance.preflight.declared_access import DeclaredAccess, access_to
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import beyond, over, requirement

HEAD = next(form for form in FORMS if form.name == "HEAD")


@requirement("BEYOND-AUTH")
@over(beyond)
def test_beyond_auth(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send the harmless request without a key and with an unknown key.

    Without a key, expect 401. With the unknown key, expect a rejection too.
    """
    _must_be_harmless(operation, target)
    if not access_to(operation, target).scopes:
        raise NotJudged(f"{operation}: published without a scope, so it may be public", by_choice=True)
    request = harmless(operation)
    response = target.send_once(request)
    if response.status in NOT_SERVED:
        reason = f"the target does not serve it (without a key: {response.in_short})"
        raise NotJudged(f"{operation}: {reason}", by_choice=True)
    expect_rejected(response, keys.contract)
    response = target.send_once(request, keys.unknown())
    if _is_authorized(response):
        fail(response, expected="401 or 403 for an unknown key")


@requirement("BEYOND-SCOPE")
@over(beyond)
def test_beyond_scope(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send a key with the published scopes, and keys with other scopes: only the first is authorized.

    If the document names scopes for other operations only, or only scopes that no key can hold, expect that every key
    is rejected.
    """
    access = access_to(operation, target)
    if not access.scopes and not access.others_have_scopes:
        raise NotJudged(f"{operation}: the published document names no scopes at all", by_choice=True)
    _must_be_harmless(operation, target)
    response = target.send_once(harmless(operation))
    if response.status not in (401, 403):
        reason = f"does not reject a request without a key: {response.in_short}, see BEYOND-AUTH"
        raise NotJudged(f"{operation}: {reason}", by_choice=True)
    if set(access.scopes) <= set(keys.contract.closed_scopes):
        _expect_every_key_rejected(operation, access, target, keys)
    else:
        _judge_published_scopes(operation, access, target, keys)


@requirement("BEYOND-FORMS")
@over(beyond)
def test_beyond_forms(operation: Operation, target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """Send each key with a single scope in the other header, by HEAD, and in a form that the seed chooses.

    The other header must give the same result. The forms must not authorize a key that the plain request rejects.
    """
    _must_only_read(operation, target)
    request = harmless(operation)
    if (without := target.send_once(request)).admits:  # a 404 too: it looked up the resource and required no key
        raise NotJudged(f"{operation}: does not reject a request without a key: {without.in_short}", by_choice=True)
    suitable = [form for form in FORMS if form.suits(operation, disposable=target.options.disposable)]
    forms = {form.name: form for form in (HEAD, *exploration.choose(operation.id, suitable)) if form in suitable}
    answers = {key: target.send_once(request, key) for key in map(keys.holding, keys.contract.scopes)}
    _must_be_live(list(answers), target, keys)
    admitted = next((response for response in answers.values() if response.admits), None)

    for key, plain in answers.items():
        other = KeyHeader.HEADER if target.key_header is KeyHeader.BEARER else KeyHeader.BEARER
        response = target.send_once(request, key, other)
        if response.admits is not plain.admits:
            sent = f"{in_words(key, keys.contract)} in `{other.value[0]}`"
            fail(response, expected=f"the same as in the usual header for {sent}: {plain.in_short}")
        for form in forms.values() if admitted and not plain.admits else ():
            response = target.send(form.change(request, keys.contract), key)
            if reaches_operation(response, admitted or plain):
                sent = f'{in_words(key, keys.contract)} in the form "{form.name}"'
                fail(response, expected=f"{sent} to be rejected, as in the plain form")


def _judge_published_scopes(operation: Operation, access: DeclaredAccess, target: Target, keys: KeyRing) -> None:
    """Raise FindingRaised if a key with the published scopes is rejected, or a key with none of them is authorized."""
    published = ", ".join(f"`{scope}`" for scope in access.scopes)
    is_known = set(access.scopes) <= set(grantable(keys.contract))
    if is_known:
        response = target.send_once(harmless(operation), keys.holding(*access.scopes))
        if response.status in (401, 403):
            sent = scopes_in_words(access.scopes, keys.contract)
            fail(response, expected=f"a key with {sent}, as published, to be authorized")
    answers = _answers(operation, target, keys, without=access.scopes[0] if len(access.scopes) == 1 else None)
    others = [response for key, response in answers if not _may_hold(access, key, keys)]
    _expect_none_authorized(others, target, f"403 for a key without {published}")
    if not is_known:
        raise NotJudged(f"{operation}: published with {published}, a scope that no contract has", by_choice=True)
    if not others:
        raise NotJudged(f"{operation}: no key without {published} is available", by_choice=True)


def _expect_every_key_rejected(operation: Operation, access: DeclaredAccess, target: Target, keys: KeyRing) -> None:
    """Raise FindingRaised if any developer key is authorized. NotJudged unless one of the keys is known to be live."""
    answers = list(_answers(operation, target, keys))
    declares = "says that it requires no key" if access.is_public else "names no scope of developer keys for it"
    reason = f"the published document {declares}, but a request without a key is rejected"
    expected = f"401 or 403 for every developer key, because {reason}"
    _expect_none_authorized([response for _, response in answers], target, expected)
    _must_be_live([key for key, _ in answers], target, keys)


def _answers(
    operation: Operation, target: Target, keys: KeyRing, without: str | None = None
) -> Iterator[tuple[Key, HttpResponse]]:
    """The response to each key with a single scope, if it exists, then to the strongest key `without` a scope."""
    alone = [partial(keys.holding, scope) for scope in keys.contract.scopes]
    for key_of in (*alone, partial(keys.strongest_without, without)):
        if key := if_judged(key_of):
            yield key, target.send_once(harmless(operation), key)


def _may_hold(access: DeclaredAccess, key: Key, keys: KeyRing) -> bool:
    """Whether a key may hold one of the published scopes, according to the contract or to the target's list of keys.

    A known scope may imply a scope that no contract knows; then the list names it.
    """
    if set(access.scopes) & keys.contract.closure(key.scopes):
        return True
    if set(access.scopes) <= {*grantable(keys.contract), *keys.contract.closed_scopes}:
        return False
    listed = keys.listed(key).get("scopes")
    return not isinstance(listed, list) or bool(set(access.scopes) & set(map(str, listed)))


def _expect_none_authorized(answers: list[HttpResponse], target: Target, expected: str) -> None:
    """Raise FindingRaised with the response to the weakest key that is authorized, and the scopes that are enough."""
    passed = [response for response in answers if _is_authorized(response)]
    leaks = [response for response in passed if not _is_unserved(response, target)]
    if passed and not leaks:
        operation = passed[0].request.operation
        raise NotJudged(
            f"{operation}: the target does not serve it ({passed[0].in_short}, as for an unknown path)", by_choice=True
        )
    if leaks:
        held = [response.key.scopes for response in leaks if response.key]
        enough = frozenset().union(*(scopes for scopes in held if len(scopes) == 1)) or held[0]
        fail(leaks[0], expected=expected, scopes=enough)


def _is_authorized(response: HttpResponse) -> bool:
    """Whether the response shows that the key passed: neither a rejection of the key nor a redirection."""
    is_rejection = response.is_error_envelope and response.message == INSUFFICIENT
    return response.admits and not is_rejection and not 300 <= response.status < 400


def _is_unserved(response: HttpResponse, target: Target) -> bool:
    """Whether an unknown path gets the same response, which then says nothing about the operation.

    This is tested only if a request without a key is rejected there too: such a server checks the key before the path.
    """
    if response.status not in NOT_SERVED:
        return False
    words, template = response.request.path.split("/"), response.request.operation.path.split("/")
    last = max(number for number, word in enumerate(template) if word and "{" not in word)
    words[last] += "-conform-none"
    elsewhere = replace(response.request, path="/".join(words))
    if target.send_once(elsewhere).status in NOT_SERVED:
        return False
    control = target.send_once(elsewhere, response.key)
    return (control.status, control.message) == (response.status, response.message)


def _must_be_live(candidates: list[Key], target: Target, keys: KeyRing) -> None:
    if not any(keys.is_live(key, target) for key in candidates):
        raise NotJudged("no key is accepted by any operation, so a rejection proves nothing", by_choice=True)


def _must_be_harmless(operation: Operation, target: Target) -> None:
    """Raise NotJudged if a request might change something, or exceed the effects that the run allows."""
    if not target.options.disposable and operation.probe is None:
        _must_only_read(operation, target)
    if operation.side_effect != "read" and not target.options.allows("write"):
        raise NotJudged(f"{operation}: it is not a GET, so it is judged only with --effects write", by_choice=True)


def _must_only_read(operation: Operation, target: Target) -> None:
    if operation.side_effect != "read" and not target.options.disposable:
        raise NotJudged(
            f"{operation}: its effect is unknown; it is judged with keys only with --effects destructive",
            by_choice=True,
        )

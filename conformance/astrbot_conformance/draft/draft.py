"""The draft of an overlay from a running server, or from a document that one published."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from astrbot_api import releases
from packaging.version import InvalidVersion, Version

from astrbot_conformance.astrbot_operations import PUBLISHED_DOCUMENT
from astrbot_conformance.draft.members import MemberChanges, safe_reads
from astrbot_conformance.draft.operations import operation_changes
from astrbot_conformance.draft.overlay import Action, overlay
from astrbot_conformance.http import Target, TargetOptions, asking
from astrbot_conformance.http.published_document import listed
from astrbot_conformance.keys.dashboard import Dashboard, NoDashboard
from astrbot_conformance.outcome import Misdirected, NotJudged, Unready
from astrbot_conformance.preflight.first_contact import log_in, meet
from astrbot_conformance.preflight.matching_release import best_by_document
from astrbot_conformance.preflight.release_detection import detect_release
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret


@dataclass(frozen=True)
class Base:
    """The releases of a draft. new: the release that it describes. old: the known release whose contract it changes."""

    new: str | None
    old: str | None


def draft_of_server(options: TargetOptions, base: Base, username: str | None, password: Secret | None) -> str:
    """The draft for a running server. Raises CannotStart.

    Without a login, only the published document is compared.
    """
    meet(options)
    with contextlib.closing(astrbot_target(replace(options, effects="read"))) as target:
        dashboard = log_in(target, username, password) if username or password else NoDashboard()
        new = _normal(base.new or detect_release(target, dashboard).release, options.base)
        published = _published(target)
        old = _old(base.old, new, published)
        return overlay(old, new, [*_operations(old, published), *_members(old, dashboard)])


def draft_of_document(published: Any, base: Base) -> str:
    """The draft for a published document. Raises Misdirected if it lists no operations, or its release is unknown."""
    if not listed(published):
        raise Misdirected("the document lists no operations")
    new = _normal(base.new, "the document")
    old = _old(base.old, new, published)
    return overlay(old, new, list(_operations(old, published)))


def _normal(release: str | None, source: str) -> str:
    """A release in its normal form. Raises Misdirected if the source states no version."""
    try:
        return str(Version(release or ""))
    except InvalidVersion:
        raise Misdirected(f"{source}: does not state the version of its release; name it with --release R") from None


def _published(target: Target) -> Any:
    try:
        published = target.send_once(asking(PUBLISHED_DOCUMENT)).json
    except NotJudged as error:
        raise Unready(f"{target.options.base}: {error}") from None
    if not listed(published):
        raise Unready(f"{target.options.base}: publishes no document that lists operations")
    return published


def _old(named: str | None, new: str, published: Any) -> str:
    """The named known release, or the most similar one that is older than the new release."""
    older: Sequence[str] = [one for one in releases.RELEASES if Version(one) < Version(new)]
    if named is not None:
        return releases.contract(named).release
    if not older:
        raise Misdirected(f"no known release is older than {new}; name the contract to change with --after R")
    return best_by_document(older[::-1], published)[0]


def _operations(old: str, published: Any) -> Iterator[Action]:
    yield from operation_changes(releases.contract(old), published)


def _members(old: str, dashboard: Dashboard) -> Iterator[Action]:
    contract = releases.contract(old)
    changes = MemberChanges(contract)
    for operation in safe_reads(contract):
        with contextlib.suppress(NotJudged):
            changes.compare(dashboard.send(asking(operation)))
    yield from changes.actions()

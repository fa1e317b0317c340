"""The Neo skill service, simulated: candidates, evaluations and releases. No socket is opened."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from astrbot_reference.catalogue import catalogue
from astrbot_reference.clock import Clock, stamp
from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.store import JsonObject, Store

CANDIDATE = "neo_candidate"
RELEASE = "neo_release"
NOT_DELETED: JsonObject = {"is_deleted": False, "deleted_at": None, "deleted_by": None, "delete_reason": None}
NEW_CANDIDATE: JsonObject = NOT_DELETED | {
    "scenario_key": None,
    "skill_type": "instructions",
    "auto_release_eligible": False,
    "auto_release_reason": None,
    "usage_notes": None,
    "preconditions": None,
    "postconditions": None,
    "latest_score": None,
    "latest_pass": None,
    "last_evaluated_at": None,
    "promotion_release_id": None,
    "created_by": None,
}
NEW_RELEASE: JsonObject = NOT_DELETED | {
    "is_active": True,
    "release_mode": "manual",
    "promoted_by": None,
    "rollback_of": None,
    "auto_promoted_from": None,
    "health_window_end_at": None,
    "upgrade_of_release_id": None,
    "upgrade_reason": None,
    "change_summary": None,
}


class NeoService:
    """Candidates and releases; some exist from the start. A deleted one is marked as deleted and no longer found."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        known, now = catalogue("neo"), self._now()
        for one in known["candidates"] if not store.all(CANDIDATE) else ():
            store.put(CANDIDATE, one["id"], NEW_CANDIDATE | {"created_at": now, "updated_at": now} | one)
        for one in known["releases"] if not store.all(RELEASE) else ():
            store.put(RELEASE, one["id"], NEW_RELEASE | {"promoted_at": now} | one)

    def all(self, kind: str, fields: Mapping[str, Any]) -> list[JsonObject]:
        """All that are not deleted and have these values; None matches any value."""
        filters = {member: value for member, value in fields.items() if value is not None}
        return [
            one
            for one in self._store.all(kind)
            if not one["is_deleted"] and all(one[member] == value for member, value in filters.items())
        ]

    def find(self, kind: str, id: str) -> JsonObject:
        """The candidate or release of this id. Raises Refusal if it does not exist or was deleted."""
        found = self._store.get(kind, id)
        if found is None or found["is_deleted"]:
            raise Refusal(f"{kind.removeprefix('neo_').capitalize()} not found: {id}")
        return found

    def delete(self, kind: str, id: str, by: str, reason: str | None) -> JsonObject:
        """Mark a candidate or release as deleted, and return its description. Raises Refusal as `find` does."""
        found = self.find(kind, id)
        said = {"deleted_at": self._now(), "deleted_by": by, "delete_reason": reason}
        self._store.put(kind, id, found | said | {"is_deleted": True})
        return {f"{kind.removeprefix('neo_')}_id": id} | said

    def payload(self, reference: str) -> JsonObject:
        """The files of a candidate, by path. Raises Refusal if there is no such payload."""
        found: JsonObject | None = catalogue("neo")["payloads"].get(reference)
        if found is None:
            raise Refusal(f"Payload not found: {reference}")
        return found

    def evaluate(self, id: str, judgement: JsonObject) -> JsonObject:
        """Store `{passed, score, benchmark_id, report}` for a candidate. Raises Refusal as `find` does."""
        candidate = self.find(CANDIDATE, id)
        now = self._now()
        latest = {"latest_score": judgement["score"], "latest_pass": judgement["passed"], "last_evaluated_at": now}
        self._store.put(CANDIDATE, id, candidate | latest | {"status": "evaluated", "updated_at": now})
        made = {"id": f"eval-{uuid.uuid4()}", "candidate_id": id, "evaluated_by": None, "created_at": now}
        return made | judgement

    def promote(self, id: str, stage: str) -> JsonObject:
        """Make a candidate the active release of a stage. Raises Refusal as `find` does."""
        candidate = self.find(CANDIDATE, id)
        release = self._release(candidate["skill_key"], id, stage, None)
        changed = {"status": "released", "promotion_release_id": release["id"], "updated_at": self._now()}
        self._store.put(CANDIDATE, id, candidate | changed)
        return release

    def roll_back(self, id: str) -> JsonObject:
        """Replace the active release by a copy of the one before it.

        Raises Refusal as `find` does, and if there is none before it.
        """
        release = self.find(RELEASE, id)
        versions = self.all(RELEASE, {"skill_key": release["skill_key"]})
        before = [one for one in versions if one["version"] < release["version"]]
        if not before:
            raise Refusal(f"No release before {id}")
        instead = max(before, key=lambda one: int(one["version"]))
        return self._release(release["skill_key"], instead["candidate_id"], release["stage"], id)

    def _release(self, skill_key: str, candidate_id: str, stage: str, rollback_of: str | None) -> JsonObject:
        earlier = [one for one in self._store.all(RELEASE) if one["skill_key"] == skill_key]
        for one in earlier:
            if one["stage"] == stage:
                self._store.put(RELEASE, one["id"], one | {"is_active": False})
        release = NEW_RELEASE | {
            "id": f"rel-{uuid.uuid4()}",
            "skill_key": skill_key,
            "candidate_id": candidate_id,
            "version": 1 + max((int(one["version"]) for one in earlier), default=0),
            "stage": stage,
            "promoted_at": self._now(),
            "rollback_of": rollback_of,
        }
        self._store.put(RELEASE, release["id"], release)
        return release

    def _now(self) -> str:
        return stamp(self._clock())

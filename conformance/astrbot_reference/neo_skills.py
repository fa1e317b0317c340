"""Candidates and releases of the Neo skill service."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json

from .answers import ok
from .auth import Caller
from .bodies import given
from .clock import stamp
from .context import Context, Service
from .refusal import Refusal
from .simulated.neo_service import CANDIDATE, RELEASE, NeoService
from .stores.store import JsonObject


class NeoSkills(Service):
    """The operations of the tag `neo-skills`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._neo = NeoService(self._store, self._clock)

    async def list_neo_candidates(
        self,
        *,
        caller: Caller,
        status: str | None = None,
        skill_key: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> Json[models.NeoCandidateListAnswer]:
        """A page of candidates."""
        found = self._neo.all(CANDIDATE, {"status": status, "skill_key": skill_key})
        return ok(models.NeoCandidateListAnswer, page(found, limit, offset))

    async def list_neo_releases(
        self,
        *,
        caller: Caller,
        skill_key: str | None = None,
        stage: str | None = None,
        active_only: bool = False,
        limit: int = 100,
        offset: int = 0,
    ) -> Json[models.NeoReleaseListAnswer]:
        """A page of releases."""
        fields = {"skill_key": skill_key, "stage": stage, "is_active": True if active_only else None}
        return ok(models.NeoReleaseListAnswer, page(self._neo.all(RELEASE, fields), limit, offset))

    async def get_neo_payload(self, *, caller: Caller, payload_ref: str) -> Json[models.NeoPayloadAnswer]:
        """The files of a candidate. Raises Refusal if there is no such payload."""
        payload = self._neo.payload(payload_ref)
        return ok(models.NeoPayloadAnswer, {"payload_ref": payload_ref, "kind": "files", "payload": payload})

    async def evaluate_neo_candidate(
        self, *, caller: Caller, body: models.NeoJudgement
    ) -> Json[models.NeoEvaluationAnswer]:
        """Store an evaluation. Raises Refusal if there is no such candidate."""
        fields = given(body)
        report = fields.get("report")
        judgement = {
            "passed": fields["passed"],
            "score": fields.get("score"),
            "benchmark_id": fields.get("benchmark_id"),
            "report": report if report is None or isinstance(report, str) else str(report),
        }
        return ok(models.NeoEvaluationAnswer, self._neo.evaluate(fields["candidate_id"], judgement))

    async def promote_neo_candidate(
        self, *, caller: Caller, body: models.NeoPromotionWish
    ) -> Json[models.NeoPromotionAnswer]:
        """Release a candidate. Raises Refusal if the id is unknown."""
        fields = given(body)
        release = self._neo.promote(fields["candidate_id"], fields.get("stage", "canary"))
        synced = release["stage"] == "stable" and fields.get("sync_to_local", True)
        return ok(models.NeoPromotionAnswer, {"release": release, "sync": self._sync(release) if synced else None})

    async def rollback_neo_release(
        self, *, caller: Caller, body: models.NeoReleaseChoice
    ) -> Json[models.NeoReleaseAnswer]:
        """Roll back to the previous release. Raises Refusal if there is none."""
        return ok(models.NeoReleaseAnswer, self._neo.roll_back(given(body)["release_id"]))

    async def sync_neo_release(self, *, caller: Caller, body: models.NeoSyncWish) -> Json[models.NeoSyncAnswer]:
        """Install a release as a local skill. Raises Refusal if there is none, or no stable one if that is required."""
        fields = given(body)
        stable_only = fields.get("require_stable", True)
        if fields.get("release_id"):
            found = [self._neo.find(RELEASE, fields["release_id"])]
        else:
            found = self._neo.all(RELEASE, {"skill_key": fields["skill_key"], "is_active": True})
        release = next((one for one in found if one["stage"] == "stable" or not stable_only), None)
        if release is None:
            raise Refusal("Stable release not found" if stable_only else "Release not found")
        return ok(models.NeoSyncAnswer, self._sync(release))

    async def delete_neo_candidate(
        self, *, caller: Caller, body: models.NeoCandidateDeletion
    ) -> Json[models.NeoDeletionAnswer]:
        """Delete a candidate. Raises Refusal if the id is unknown."""
        fields = given(body)
        said = self._neo.delete(CANDIDATE, fields["candidate_id"], caller.name, fields.get("reason"))
        return ok(models.NeoDeletionAnswer, said)

    async def delete_neo_release(
        self, *, caller: Caller, body: models.NeoReleaseDeletion
    ) -> Json[models.NeoDeletionAnswer]:
        """Delete a release. Raises Refusal if the id is unknown."""
        fields = given(body)
        return ok(
            models.NeoDeletionAnswer, self._neo.delete(RELEASE, fields["release_id"], caller.name, fields.get("reason"))
        )

    def _sync(self, release: JsonObject) -> JsonObject:
        candidate = self._neo.find(CANDIDATE, release["candidate_id"])
        name = release["skill_key"]
        files = self._neo.payload(candidate["payload_ref"])
        self._skills.keep(name, {path: text.encode() for path, text in files.items()})
        return {
            "skill_key": release["skill_key"],
            "local_skill_name": name,
            "release_id": release["id"],
            "candidate_id": candidate["id"],
            "payload_ref": candidate["payload_ref"],
            "map_path": "skills/neo_skill_map.json",
            "synced_at": stamp(self._clock()),
        }


def page(found: list[JsonObject], limit: int, offset: int) -> JsonObject:
    """A page of results, and the total number."""
    start = max(offset, 0)
    return {"items": found[start : start + max(limit, 0)], "total": len(found)}

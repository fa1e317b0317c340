"""Candidates and releases of the Neo skill service. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class NeoSkillsService(Protocol[CallerT_contra]):
    """Candidates and releases of the Neo skill service."""

    async def list_neo_candidates(
        self,
        *,
        caller: CallerT_contra,
        status: str | None = None,
        skill_key: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> Answered[models.NeoCandidateListAnswer] | Answered[models.ErrorEnvelope]:
        """List the candidates. `GET /api/v1/skills/neo/candidates`, scope `skill`."""

    async def delete_neo_candidate(
        self, *, caller: CallerT_contra, body: models.NeoCandidateDeletion
    ) -> Answered[models.NeoDeletionAnswer] | Answered[models.ErrorEnvelope]:
        """Delete a candidate. `POST /api/v1/skills/neo/candidates/delete`, scope `skill`."""

    async def evaluate_neo_candidate(
        self, *, caller: CallerT_contra, body: models.NeoJudgement
    ) -> Answered[models.NeoEvaluationAnswer] | Answered[models.ErrorEnvelope]:
        """Store an evaluation of a candidate. `POST /api/v1/skills/neo/evaluate`, scope `skill`."""

    async def get_neo_payload(
        self, *, caller: CallerT_contra, payload_ref: str
    ) -> Answered[models.NeoPayloadAnswer] | Answered[models.ErrorEnvelope]:
        """Show the content of a candidate or release. `GET /api/v1/skills/neo/payload`, scope `skill`."""

    async def promote_neo_candidate(
        self, *, caller: CallerT_contra, body: models.NeoPromotionWish
    ) -> Answered[models.NeoPromotionAnswer] | Answered[models.ErrorEnvelope]:
        """Promote a candidate to a release. `POST /api/v1/skills/neo/promote`, scope `skill`."""

    async def list_neo_releases(
        self,
        *,
        caller: CallerT_contra,
        skill_key: str | None = None,
        stage: str | None = None,
        active_only: bool = False,
        limit: int = 100,
        offset: int = 0,
    ) -> Answered[models.NeoReleaseListAnswer] | Answered[models.ErrorEnvelope]:
        """List the releases. `GET /api/v1/skills/neo/releases`, scope `skill`."""

    async def delete_neo_release(
        self, *, caller: CallerT_contra, body: models.NeoReleaseDeletion
    ) -> Answered[models.NeoDeletionAnswer] | Answered[models.ErrorEnvelope]:
        """Delete a release. `POST /api/v1/skills/neo/releases/delete`, scope `skill`."""

    async def rollback_neo_release(
        self, *, caller: CallerT_contra, body: models.NeoReleaseChoice
    ) -> Answered[models.NeoReleaseAnswer] | Answered[models.ErrorEnvelope]:
        """Go back to the previous release. `POST /api/v1/skills/neo/rollback`, scope `skill`."""

    async def sync_neo_release(
        self, *, caller: CallerT_contra, body: models.NeoSyncWish
    ) -> Answered[models.NeoSyncAnswer] | Answered[models.ErrorEnvelope]:
        """Import a release as a local skill. `POST /api/v1/skills/neo/sync`, scope `skill`."""


def router(
    service: NeoSkillsService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `neo-skills` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, NeoSkillsService
    serve(
        "list_neo_candidates",
        "/api/v1/skills/neo/candidates",
        declared.list_neo_candidates,
        service.list_neo_candidates,
    )
    serve(
        "delete_neo_candidate",
        "/api/v1/skills/neo/candidates/delete",
        declared.delete_neo_candidate,
        service.delete_neo_candidate,
    )
    serve(
        "evaluate_neo_candidate",
        "/api/v1/skills/neo/evaluate",
        declared.evaluate_neo_candidate,
        service.evaluate_neo_candidate,
    )
    serve("get_neo_payload", "/api/v1/skills/neo/payload", declared.get_neo_payload, service.get_neo_payload)
    serve(
        "promote_neo_candidate",
        "/api/v1/skills/neo/promote",
        declared.promote_neo_candidate,
        service.promote_neo_candidate,
    )
    serve("list_neo_releases", "/api/v1/skills/neo/releases", declared.list_neo_releases, service.list_neo_releases)
    serve(
        "delete_neo_release",
        "/api/v1/skills/neo/releases/delete",
        declared.delete_neo_release,
        service.delete_neo_release,
    )
    serve(
        "rollback_neo_release",
        "/api/v1/skills/neo/rollback",
        declared.rollback_neo_release,
        service.rollback_neo_release,
    )
    serve("sync_neo_release", "/api/v1/skills/neo/sync", declared.sync_neo_release, service.sync_neo_release)
    return routes.router()

"""Jobs, logs, statistics, updates. Closed to developer keys. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class SystemService(Protocol[CallerT_contra]):
    """Jobs, logs, statistics, updates. Closed to developer keys."""

    async def list_changelogs(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the versions that have a changelog. `GET /api/v1/changelogs`, closed (`system`)."""

    async def get_changelog(self, *, caller: CallerT_contra, version: str) -> Answered[models.DashboardAnswer]:
        """Read the changelog of a version. `GET /api/v1/changelogs/{version}`, closed (`system`)."""

    async def list_cron_jobs(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the scheduled jobs. `GET /api/v1/cron/jobs`, closed (`system`)."""

    async def create_cron_job(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Schedule a job. `POST /api/v1/cron/jobs`, closed (`system`)."""

    async def delete_cron_job(self, *, caller: CallerT_contra, job_id: str) -> Answered[models.DashboardAnswer]:
        """Delete a scheduled job. `DELETE /api/v1/cron/jobs/{job_id}`, closed (`system`)."""

    async def update_cron_job(self, *, caller: CallerT_contra, job_id: str) -> Answered[models.DashboardAnswer]:
        """Change a scheduled job. `PATCH /api/v1/cron/jobs/{job_id}`, closed (`system`)."""

    async def run_cron_job(self, *, caller: CallerT_contra, job_id: str) -> Answered[models.DashboardAnswer]:
        """Run a job now. `POST /api/v1/cron/jobs/{job_id}/run`, closed (`system`)."""

    async def get_log_history(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Read the recent log. `GET /api/v1/logs/history`, closed (`system`)."""

    async def follow_log(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Stream the log. `GET /api/v1/logs/live`, closed (`system`)."""

    async def install_package(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Install a Python package. `POST /api/v1/pip/install`, closed (`system`)."""

    async def get_stats(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Show statistics of the installation. `GET /api/v1/stats`, closed (`system`)."""

    async def get_first_notice(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Read the first-run notice. `GET /api/v1/stats/first-notice`, closed (`system`)."""

    async def test_github_proxy(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Test a GitHub mirror. `POST /api/v1/stats/ghproxy/test`, closed (`system`)."""

    async def get_provider_tokens(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Show the token usage of the providers. `GET /api/v1/stats/provider-tokens`, closed (`system`)."""

    async def get_storage(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Show the disk usage. `GET /api/v1/stats/storage`, closed (`system`)."""

    async def clean_storage(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Delete stored files that are no longer needed. `POST /api/v1/stats/storage/cleanup`, closed (`system`)."""

    async def get_version(self, *, caller: CallerT_contra) -> Answered[models.VersionAnswer]:
        """Show the running version. `GET /api/v1/stats/version`, closed (`system`)."""

    async def restart_system(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Restart AstrBot. `POST /api/v1/system/restart`, closed (`system`)."""

    async def get_trace_settings(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Show the trace settings. `GET /api/v1/trace/settings`, closed (`system`)."""

    async def replace_trace_settings(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Change the trace settings. `PUT /api/v1/trace/settings`, closed (`system`)."""

    async def check_for_update(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Check for a newer release. `GET /api/v1/updates/check`, closed (`system`)."""

    async def update_core(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Update AstrBot. `POST /api/v1/updates/core`, closed (`system`)."""

    async def update_dashboard(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Update the dashboard. `POST /api/v1/updates/dashboard`, closed (`system`)."""

    async def get_update_progress(self, *, caller: CallerT_contra, task_id: str) -> Answered[models.DashboardAnswer]:
        """Show the progress of an update. `GET /api/v1/updates/progress/{task_id}`, closed (`system`)."""

    async def list_releases(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the releases. `GET /api/v1/updates/releases`, closed (`system`)."""

    async def export_logs(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Download the log. `GET /api/v1/logs/export`, closed (`system`)."""

    async def list_traces(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the recorded traces. `GET /api/v1/trace/history`, closed (`system`)."""

    async def get_trace(self, *, caller: CallerT_contra, trace_id: str) -> Answered[models.DashboardAnswer]:
        """Read a recorded trace. `GET /api/v1/trace/{trace_id}`, closed (`system`)."""


def router(
    service: SystemService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `system` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, SystemService
    serve("list_changelogs", "/api/v1/changelogs", declared.list_changelogs, service.list_changelogs)
    serve("get_changelog", "/api/v1/changelogs/{version}", declared.get_changelog, service.get_changelog)
    serve("list_cron_jobs", "/api/v1/cron/jobs", declared.list_cron_jobs, service.list_cron_jobs)
    serve("create_cron_job", "/api/v1/cron/jobs", declared.create_cron_job, service.create_cron_job)
    serve("delete_cron_job", "/api/v1/cron/jobs/{job_id}", declared.delete_cron_job, service.delete_cron_job)
    serve("update_cron_job", "/api/v1/cron/jobs/{job_id}", declared.update_cron_job, service.update_cron_job)
    serve("run_cron_job", "/api/v1/cron/jobs/{job_id}/run", declared.run_cron_job, service.run_cron_job)
    serve("get_log_history", "/api/v1/logs/history", declared.get_log_history, service.get_log_history)
    serve("follow_log", "/api/v1/logs/live", declared.follow_log, service.follow_log)
    serve("install_package", "/api/v1/pip/install", declared.install_package, service.install_package)
    serve("get_stats", "/api/v1/stats", declared.get_stats, service.get_stats)
    serve("get_first_notice", "/api/v1/stats/first-notice", declared.get_first_notice, service.get_first_notice)
    serve("test_github_proxy", "/api/v1/stats/ghproxy/test", declared.test_github_proxy, service.test_github_proxy)
    serve(
        "get_provider_tokens",
        "/api/v1/stats/provider-tokens",
        declared.get_provider_tokens,
        service.get_provider_tokens,
    )
    serve("get_storage", "/api/v1/stats/storage", declared.get_storage, service.get_storage)
    serve("clean_storage", "/api/v1/stats/storage/cleanup", declared.clean_storage, service.clean_storage)
    serve("get_version", "/api/v1/stats/version", declared.get_version, service.get_version)
    serve("restart_system", "/api/v1/system/restart", declared.restart_system, service.restart_system)
    serve("get_trace_settings", "/api/v1/trace/settings", declared.get_trace_settings, service.get_trace_settings)
    serve(
        "replace_trace_settings",
        "/api/v1/trace/settings",
        declared.replace_trace_settings,
        service.replace_trace_settings,
    )
    serve("check_for_update", "/api/v1/updates/check", declared.check_for_update, service.check_for_update)
    serve("update_core", "/api/v1/updates/core", declared.update_core, service.update_core)
    serve("update_dashboard", "/api/v1/updates/dashboard", declared.update_dashboard, service.update_dashboard)
    serve(
        "get_update_progress",
        "/api/v1/updates/progress/{task_id}",
        declared.get_update_progress,
        service.get_update_progress,
    )
    serve("list_releases", "/api/v1/updates/releases", declared.list_releases, service.list_releases)
    serve("export_logs", "/api/v1/logs/export", declared.export_logs, service.export_logs)
    serve("list_traces", "/api/v1/trace/history", declared.list_traces, service.list_traces)
    serve("get_trace", "/api/v1/trace/{trace_id}", declared.get_trace, service.get_trace)
    return routes.router()

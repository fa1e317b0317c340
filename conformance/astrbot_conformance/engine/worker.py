"""The objects with which a process judges a target, and what it derives from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from astrbot_api.contract import Contract

from astrbot_conformance.astrbot_configuration import has_known_members
from astrbot_conformance.astrbot_credentials import shows_no_planted_secret, shows_no_secret
from astrbot_conformance.browser.web_ui import NoWebUi, WebUi
from astrbot_conformance.chat.chats import Allowance
from astrbot_conformance.chat.stream import is_sound_stream
from astrbot_conformance.engine.catalogue import Catalogue
from astrbot_conformance.engine.judging import Resources
from astrbot_conformance.engine.run_cleanup import RunCleanup
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.http import Target
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.dashboard import NO_DASHBOARD, Dashboard, NoDashboard
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.passive.authorization_findings import Controls, is_same
from astrbot_conformance.passive.authorization_findings import judgements as authorization_judgements
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.passive.sender import current_sender
from astrbot_conformance.passive.shape import (
    fails_in_an_envelope,
    fits_schema,
    has_declared_status,
    is_envelope,
    is_no_crash,
)
from astrbot_conformance.preflight.release_detection import TargetProfile
from astrbot_conformance.resources.canaries import NO_CANARIES, Canaries
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Judgement

PASSIVE_CHECKS = (
    has_declared_status,
    is_envelope,
    fits_schema,
    fails_in_an_envelope,
    is_no_crash,
    is_sound_stream,
    shows_no_secret,
    shows_no_planted_secret,
    has_known_members,
)


def observing(target: Target, contract: Contract) -> Observations:
    """Compare every response of the target with the contract from now on."""
    observations = Observations(PASSIVE_CHECKS, contract)
    target.observers.append(observations)
    target.hanging.observers.append(observations.note_hang)
    target.hanging.sender = current_sender
    return observations


@dataclass(frozen=True, slots=True)
class Worker:
    """The objects that a process requires to judge its share of the checks.

    canaries: the secrets that the run planted. planting: removes them, in the process that planted them.
    """

    options: RunOptions
    profile: TargetProfile
    target: Target
    dashboard: Dashboard
    keys: KeyRing
    allowance: Allowance
    observations: Observations
    canaries: Canaries = NO_CANARIES
    planting: Cleanup | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The checks that apply to the target."""
        options, profile = self.options, self.profile
        return Catalogue(profile.contract, profile.beyond, options.target, options.selection)

    @property
    def needs_canaries(self) -> bool:
        """Whether a selected check searches for planted secrets."""
        return any("canaries" in check.parameters for check in self.catalogue.selected())

    def run_cleanup(self) -> RunCleanup:
        """The clean-up of everything that this process creates."""
        cleanup = self.planting or Cleanup(self.target)
        return RunCleanup(self.options, self.target, self.keys, self.allowance, self._web_ui(), cleanup=cleanup)

    def resources(self, run_cleanup: RunCleanup) -> Resources:
        """The arguments that a check can request by name."""
        options = self.options
        return Resources(
            contract=self.profile.contract,
            beyond=self.profile.beyond,
            target=self.target,
            keys=run_cleanup.keys,
            dashboard=self.dashboard,
            chats=run_cleanup.chats,
            cleanup=run_cleanup.cleanup,
            exploration=Exploration(options.selection.seed, options.bearable_examples, talks=options.talks),
            observations=self.observations,
            web_ui=run_cleanup.web_ui,
            canaries=self.canaries,
        )

    def _web_ui(self) -> WebUi:
        """The web UI for the checks, or `NoWebUi` if no browser is selected."""
        options = self.options
        if options.browser is None:
            return NoWebUi("the web UI was not opened; --ui opens it")
        if isinstance(self.dashboard, NoDashboard) or not options.username or not options.password:
            return NoWebUi(f"{NO_DASHBOARD}: the run cannot log in to the web UI")
        from astrbot_conformance.browser.tour import WebUiTour  # noqa: PLC0415  it requires Playwright, which is optional

        login = options.username, options.password
        tour = WebUiTour(options.browser, options.target, login, self.profile.contract)
        return WebUi(tour, self.dashboard, self.keys.name)

    def passive_judgements(
        self, keys: KeyRing, reported: Sequence[Judgement], *, sends_controls: bool
    ) -> Iterator[Judgement]:
        """The judgements of the passive check of authorization, without findings that a check already reported.

        sends_controls: whether it may still send requests.
        """
        selection, contract = self.options.selection, self.profile.contract
        findings = [judgement.finding for judgement in reported if judgement.finding]

        def is_reported(finding: Finding) -> bool:
            same = (other for other in findings if is_same(finding, other))
            return any(selection.counts(other) or not selection.counts(finding) for other in same)

        is_reachable = sends_controls and not self.target.circuit_breaker.is_open
        controls = Controls(self.target if is_reachable else None, keys)
        evidence = self.observations.seen.evidence
        return authorization_judgements(evidence, contract, controls, is_reported, with_passed=selection.replays)

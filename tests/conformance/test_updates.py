"""Every updating operation is judged, and the frugal run on a real server finds the same violations."""

import json
from collections.abc import Mapping

import pytest
from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_conformance.inputs.invalid_bodies import invalid_bodies
from astrbot_conformance.inputs.values import FIRST, SECOND
from astrbot_conformance.resources.kinds import kinds
from astrbot_conformance.scenarios.entries import in_tree, listed
from astrbot_conformance.scenarios.updates import Effect, State
from astrbot_conformance.verdict.requirement import marks_of
from astrbot_faults import CATALOGUE

from tests.conformance.default_run import default_run
from tests.conformance.test_checks import CHECKS

NOT_COMPARED: Mapping[str, str] = {
    "replace_config_routes": "SCOPE-NO-EFFECT on settings: it replaces the routes of everybody",
    "replace_subagent_config": "SCOPE-NO-EFFECT on settings: it replaces the agents of everybody",
    "update_system_config": "SCOPE-NO-EFFECT on settings: it changes the whole installation",
    "set_active_t2i_template": "SCOPE-NO-EFFECT on settings: it changes every profile",
    "replace_plugin_sources": "SCOPE-NO-EFFECT on settings: it replaces the sources of everybody",
    "edit_chat_message": "needs an answer of a model",
    "replace_conversation_messages": "needs a conversation, which only a model starts",
    "update_conversation": "needs a conversation, which only a model starts",
    "set_session_provider": "needs a provider that is on",
    "set_plugin_enabled": "JOURNEY-PLUGIN in every state",
    "set_plugin_enabled_by_id": "SCOPE-NO-EFFECT on plugins",
    "set_plugin_config": "JOURNEY-PLUGIN in every state",
    "set_plugin_config_by_id": "SCOPE-NO-EFFECT on plugins",
    "set_plugin_log_level": "no operation shows the level of one plugin in every release",
    "put_plugin_extension": "the plugin decides what it does",
    "patch_plugin_extension": "the plugin decides what it does",
    "replace_skill_file_by_name": "a second path in the check of skills",
    "set_skill_enabled_by_name": "a second path in the check of skills",
}


@pytest.mark.parametrize("release", releases.RELEASES)
def test_every_updating_operation_is_compared_or_says_why_not(release: str) -> None:
    """A check of UPDATE-EXACT names each PUT and PATCH of a developer key; a new one must be added or explained."""
    contract = releases.contract(release)
    updating = {operation.id for operation in contract.keyed if operation.method in ("PUT", "PATCH")}

    assert updating - _compared(contract) <= NOT_COMPARED.keys()


def _compared(contract: Contract) -> set[str]:
    checks = [check for check in CHECKS if marks_of(check).requirement == "UPDATE-EXACT"]
    named = (marks_of(check).operations_in(contract) for check in checks if "together" not in check.__name__)
    return {operation.id for operations in named for operation in operations}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "a-source-keeps-its-id",
        "providers-lose-their-source",
        "folders-move-to-the-top",
        "a-new-prompt-ends-the-dialog",
        "titles-are-composed",
        "a-title-resets-the-emoji",
        "templates-without-line-ends",
        "bots-keep-absent-members",
        "personas-are-written-as-they-were-read",
        "rejected-providers-are-listed-too",
        "anything-is-installed-from-github",
    ],
)
def test_a_frugal_run_finds_it_too(name: str) -> None:
    """On a server that is not disposable, few requests show the same violation."""
    fault = CATALOGUE[name]
    report = default_run(fault, requirements=frozenset({fault.breaks}), disposable=False)

    assert [r.status for r in report.requirements] == ["failed"]


@pytest.mark.slow
@pytest.mark.parametrize("release", [releases.BASE, releases.NEWEST])
def test_a_frugal_run_on_a_sound_server_finds_nothing(release: str) -> None:
    """No update of the sound server is a finding, and none is left unjudged by accident."""
    wanted = frozenset({"UPDATE-EXACT", "SCOPE-NO-EFFECT", "JOURNEY-PLUGIN"})
    report = default_run(requirements=wanted, disposable=False, release=release)

    assert [(r.id, r.status) for r in report.requirements if r.status != "passed"] == []


@pytest.mark.slow
def test_a_run_uploads_the_attachments_that_it_needs() -> None:
    """If no option names attachments and the release lets keys upload, a fault in segments with files is found."""
    fault, wanted = CATALOGUE["media-first"], frozenset({"MSG-SEGMENTS"})
    report = default_run(fault, requirements=wanted, release=releases.NEWEST, attachments=False)

    assert [r.status for r in report.requirements] == ["failed"]


def test_every_member_gets_another_value() -> None:
    """No member has the same value in both sets, and both have values of every kind."""
    same = [name for name in FIRST if json.dumps(FIRST[name]) == json.dumps(SECOND[name])]

    assert same == []
    assert {type(value) for value in FIRST.values()} == {str, int, float, bool, list, dict}


def test_an_effect_changes_what_it_names() -> None:
    """It sets, removes and renames; other members and resources stay. It creates only what may be new."""
    before: State = {("bot", "a"): {"id": "a", "x": 1, "y": 2}, ("bot", "b"): {"id": "b"}}
    renamed = Effect("bot", "a", {"id": "c", "x": 3}, without=frozenset({"y"}), renamed="c")

    assert renamed.on(before) == {("bot", "b"): {"id": "b"}, ("bot", "c"): {"id": "c", "x": 3}}
    assert Effect("bot", "b", is_gone=True).on(before) == {("bot", "a"): before["bot", "a"]}
    assert Effect("bot", "d", {"x": 1}).on(before) == before
    assert Effect("bot", "d", {"x": 1}, is_new=True).on(before)["bot", "d"] == {"x": 1}


def test_entries_are_found_in_lists_and_trees() -> None:
    """Each entry has its id; a response of another form has none."""
    tree = [{"folder_id": "a", "children": [{"folder_id": "b", "name": "B", "children": []}]}]

    assert list(listed("id", "bots")({"bots": [{"id": 1}, "x"]})) == [("1", {"id": 1})]
    assert list(listed("id", "bots")(["x"])) == []
    assert list(in_tree(tree)) == [("a", {"folder_id": "a"}), ("b", {"folder_id": "b", "name": "B"})]


@pytest.mark.parametrize("release", [releases.BASE, releases.NEWEST])
def test_invalid_bodies_are_invalid(release: str) -> None:
    """The contract rejects every one of them. There is at least one for each kind that JSON creates."""
    contract = releases.contract(release)
    for kind in kinds(contract):
        if kind.speaks_json and kind.create.body and kind.create.body.pointer:
            bodies = list(invalid_bodies(contract, kind.create, kind.content("name", "note"), (kind.id, kind.called)))
            validator = contract.validator_at(kind.create.body.pointer)

            assert bodies
            assert [what for what, body in bodies if validator.is_valid(body)] == []

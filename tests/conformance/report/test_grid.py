"""The grid shows for each scope and operation exactly the results of the scope checks."""

from astrbot_api.operations import CLOSED, KEYED
from astrbot_api.scopes import Scope, sufficient
from astrbot_conformance.report.grid import grid

from tests.conformance.report.samples import BOTS, BROKEN, SKILLS, SOUND, failed, finding, missed, passed, report

STATS = CLOSED[0]


def test_a_sound_server_has_every_cell_right() -> None:
    """All nine scopes have a result for every keyed and every closed operation."""
    rows = grid(SOUND)

    assert [row.operation for row in rows] == [o for o in (*KEYED, *CLOSED) if o.scope or o.closed_scope]
    for row in rows:
        opening = sufficient(row.operation.scope) if row.operation.scope else frozenset()
        assert {scope for scope, state in row.cells.items() if state == "allowed"} == opening
        assert {state for scope, state in row.cells.items() if scope not in opening} == {"refused"}


def test_a_leak_marks_the_leaking_scopes() -> None:
    """The other scopes were tried alone and were rejected."""
    (bots,) = [row for row in grid(BROKEN) if row.operation is BOTS]

    assert bots.cells[Scope.PERSONA] == "leak"
    assert bots.cells[Scope.CHAT] == "refused"
    assert (bots.cells[Scope.BOT], bots.cells[Scope.CONFIG]) == ("allowed", "allowed")
    assert not bots.is_sound


def test_a_wrong_rejection_marks_the_required_scope() -> None:
    """A key with the required scope was rejected."""
    (skills,) = [row for row in grid(BROKEN) if row.operation is SKILLS]

    assert skills.cells[Scope.SKILL] == "over-refused"
    assert {state for scope, state in skills.cells.items() if scope != Scope.SKILL} == {"refused"}


def test_a_missing_implication_is_a_wrong_rejection() -> None:
    """`config` has its own check. If that check fails, the cell of `config` shows it."""
    implied = failed(finding("SCOPE-IMPLIES", BOTS, scopes=("bot", "config", "provider")))
    (row,) = grid(report(implied, passed("SCOPE-REQUIRED", BOTS), passed("SCOPE-SUFFICIENT", BOTS)))

    assert row.cells[Scope.CONFIG] == "over-refused"
    assert row.cells[Scope.BOT] == "allowed"
    assert row.cells[Scope.PROVIDER] == "refused"


def test_a_wrong_implication_marks_no_other_scope() -> None:
    """The key of the finding has two scopes. Whether a third scope would be authorized was not tried."""
    implied = failed(finding("SCOPE-NOT-IMPLIED", SKILLS, scopes=("bot", "provider")))
    (row,) = grid(report(implied, missed("SCOPE-REQUIRED", SKILLS), passed("SCOPE-SUFFICIENT", SKILLS)))

    assert (row.cells[Scope.BOT], row.cells[Scope.PROVIDER]) == ("leak", "leak")
    assert row.cells[Scope.CHAT] == "not-judged"


def test_a_closed_operation_that_authorizes_a_key_leaks() -> None:
    """Its row shows a leak for every scope of the key."""
    (row,) = grid(report(failed(finding("SCOPE-CLOSED", STATS, scopes=tuple(Scope)))))

    assert set(row.cells.values()) == {"leak"}


def test_an_operation_without_results_has_no_row() -> None:
    """A check that could not judge, and checks of other requirements, say nothing about scopes."""
    assert grid(report(missed("SCOPE-REQUIRED", BOTS), passed("SHAPE-BODY", SKILLS))) == []


def test_a_rejection_with_another_status_is_no_leak() -> None:
    """401 instead of 403 is a finding, but the key was not authorized."""
    odd = failed(finding("SCOPE-REQUIRED", BOTS, actual="401 `Unauthorized` in an error envelope"))
    (row,) = grid(report(odd, passed("SCOPE-SUFFICIENT", BOTS)))

    assert row.cells[Scope.PERSONA] == "refused"
    assert row.is_sound

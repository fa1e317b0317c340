"""Exceptions: what is accepted, for how long, and a file of them that says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.gate.calling import OLD, PAIR, Call, refused


def test_accepting(call: Call, tmp_path: Path) -> None:
    """An accepted finding no longer refuses; an exception that accepts nothing does."""
    accepted = call(*PAIR, "--accept", refused(call), "--reason", 'nobody "sent" it')

    assert accepted.code == 0
    assert call(*PAIR).code == 0
    assert 'accepted: nobody "sent" it' in call(*PAIR).out
    (tmp_path / "new.yaml").write_text(OLD)
    unused = call(*PAIR)
    assert unused.code == 1
    assert "exception-unused" in unused.out


def test_fingerprint_stays(call: Call, tmp_path: Path) -> None:
    """A fingerprint survives other messages, lines and an inserted parameter."""
    one = "      parameters: [{name: q, in: query, schema: {type: integer, maximum: MOST}}]\n"
    more = one.replace("[", "[{name: p, in: query, schema: {type: string}}, ").replace("MOST", "7")
    at = "      operationId: list_bots\n"
    (tmp_path / "old.yaml").write_text(OLD.replace(at, at + one.replace("MOST", "9")))
    found = []
    for lines in (one.replace("MOST", "8"), "# more\n" + more):
        (tmp_path / "new.yaml").write_text(OLD.replace(at, at + lines))
        findings = call(*PAIR, "--format", "json").report["findings"]
        found.append({f["fingerprint"] for f in findings if f["rule"] == "request-range-narrowed"})

    assert found[0] == found[1]
    assert len(found[0]) == 1


def test_expired_exception(call: Call) -> None:
    """An exception holds until its day, and fails after it."""
    call(*PAIR, "--accept", refused(call), "--reason", "until then", "--expires", "2026-12-31")

    assert call(*PAIR, "--today", "2026-12-31").code == 0
    late = call(*PAIR, "--today", "2027-01-01")
    assert late.code == 1
    assert "exception-expired" in late.out


def test_accepting_everywhere(call: Call, tmp_path: Path) -> None:
    """One exception accepts one change of a shared part in every operation."""
    twice = OLD.replace("/bots:", "/robots:").replace("list_bots", "a").replace("create_bot", "b")
    paths = twice.partition("paths:\n")[2].partition("components:")[0]
    old = OLD.replace("components:\n", paths + "components:\n", 1)
    (tmp_path / "old.yaml").write_text(old)
    (tmp_path / "new.yaml").write_text(old.replace("enum: [calm, wild]", "enum: [calm]"))
    text = call(*PAIR).out
    fingerprint = text.partition("--accept ")[2].partition(" ")[0]

    assert "POST /bots and POST /robots" in text
    assert call(*PAIR, "--accept", fingerprint, "--reason", "nobody sends it").code == 0
    assert call(*PAIR).code == 0


def test_several_contracts_share_exceptions(call: Call, tmp_path: Path) -> None:
    """An exception that one of several contracts needs is not unused, whatever the others need."""
    call(*PAIR, "--accept", refused(call), "--reason", "nobody sends it")

    assert call("--base", "old.yaml", "new.yaml", "old.yaml").code == 0
    assert "exception-unused" in call("--base", "old.yaml", "old.yaml", "old.yaml").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[exception]]\nfingerprint = 5\n", "without fingerprint or reason"),
        ('[[exception]]\nfingerprint = "a"\nreason = " "\n', "without fingerprint or reason"),
        ('[[exception]]\nfingerprint = "a"\nreason = "b"\nexpires = "2026-12-31"\n', "not a date"),
        ('[[exception]]\nfingerprint = "a"\nreason = "b"\nexpires = 2026-12-31T00:00:00Z\n', "not a date"),
        ('[[exception]]\nfingerprint = "a"\nreason = "b"\nmore = 1\n', "unknown key `more`"),
        ("exception = [5]\n", "something other than exceptions"),
        ("[[exeption]]\n", "something other than exceptions"),
        ("[[exception\n", "not valid TOML"),
        ("\xff", "not UTF-8"),
        (None, "the file does not exist"),
    ],
)
def test_bad_exceptions(call: Call, tmp_path: Path, text: str | None, said: str) -> None:
    """A file of exceptions that says something else than `--accept` writes is refused in one line."""
    if text is not None:
        (tmp_path / "accepted.toml").write_bytes(text.encode("latin-1"))

    called = call(*PAIR, "--exceptions", "accepted.toml")

    assert (called.code, called.out) == (2, "")
    assert called.err.startswith("accepted.toml:")
    assert said in called.err
    assert called.err.count("\n") == 1

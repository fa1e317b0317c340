"""Credentials are masked where they are created, and a run that shows one reports that."""

import base64
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.report.transcript import Transcript
from astrbot_conformance.secret import Secret, mask, secrets_in
from astrbot_conformance.verdict.finding import Finding

CANARY = 'abk_canary-"+/ 0123456789'
PASSWORD = 'pa ss/w"ord+é'


@pytest.fixture
def canary() -> Secret:
    """A secret that is hard to mask, with quotes, slashes and spaces."""
    return Secret(CANARY, "ASTRBOT_KEY_CANARY")


FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "in JSON": lambda text: json.dumps({"key": text}),
    "in a URL": lambda text: quote(text, safe=""),
    "in a basic header": lambda text: base64.b64encode(text.encode()).decode(),
    "in an error": lambda text: f"ValueError({text!r})" if "'" not in text else text,
}


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_masked_in_every_usual_form(canary: Secret, form: str) -> None:
    """The variable replaces it."""
    shown = mask(f"before {FORMS[form](CANARY)} after")

    assert secrets_in(shown) == []
    assert canary.variable in shown
    assert shown.startswith("before ")
    assert shown.endswith(" after")


def test_a_secret_never_shows_itself(canary: Secret) -> None:
    """Neither print nor a traceback nor a log line shows it."""
    assert f"{canary} {canary!r}" == "$ASTRBOT_KEY_CANARY $ASTRBOT_KEY_CANARY"


def test_an_unknown_key_is_masked_too() -> None:
    """A target may show keys that the run never had."""
    assert mask("abk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") == "$MASKED_KEY"


def test_a_finding_is_masked_on_creation(canary: Secret) -> None:
    """Code that renders it does not need to mask anything."""
    finding = Finding("GET /", f"not {CANARY}", CANARY, f"curl -H '{CANARY}'", json.dumps([CANARY]))

    assert secrets_in(repr(finding)) == []
    assert secrets_in(str(NotJudged(f"because of {CANARY}"))) == []


def test_a_leak_is_found_and_its_file_removed(canary: Secret, tmp_path: Path) -> None:
    """A leak is reported, and the file that shows it is removed."""
    out = Transcript(io.StringIO())
    out.save(tmp_path, {"report.json": "nothing here", "junit.xml": "nothing yet"})
    (tmp_path / "junit.xml").write_text(CANARY)

    assert out.leaks() == [f"{tmp_path / 'junit.xml'} showed {canary.variable} and was removed"]
    assert (tmp_path / "report.json").exists()
    assert not (tmp_path / "junit.xml").exists()


def test_a_password_in_the_address_is_not_shown(tmp_path: Path) -> None:
    """A run that cannot start says why without the password, even in the traceback of --debug."""
    line = [sys.executable, "-m", "astrbot_generator", "conform", "http://127.0.0.1:9", "--debug"]
    environment = {"ASTRBOT_USERNAME": "astrbot", "ASTRBOT_PASSWORD": PASSWORD, "PATH": "/usr/bin"}

    ran = subprocess.run(line, env=environment, capture_output=True, text=True, cwd=tmp_path, check=False)

    assert ran.returncode == 2
    assert "nothing listens at this address" in ran.stderr
    assert PASSWORD not in ran.stdout + ran.stderr

"""The page at `/`: what it offers is the contract's, and it is safe to be shown."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import httpx2
import pytest
from astrbot_api import releases
from astrbot_api.vocabulary import Meaning
from astrbot_reference import Settings, key_page, running


@pytest.mark.parametrize("release", releases.RELEASES)
def test_it_offers_the_scopes_of_the_release(release: str) -> None:
    """Each scope that can be granted, with its meaning in both languages; a sub-scope after the one that it needs."""
    contract = releases.contract(release)
    with running(Settings(release=release)) as url:
        page = httpx2.get(url).raise_for_status().text
    found = re.search(r'<script type="application/json" id="scopes">(.*?)</script>', page)
    scopes = {scope["id"]: scope for scope in json.loads(found[1] if found else "[]")}

    assert set(scopes) == {*map(str, contract.scopes), *map(str, contract.sub_scopes)}
    for name, scope in scopes.items():
        assert (scope["en"], scope["zh"]) == (contract.meanings[name].en, contract.meanings[name].zh)
        assert set(scope["implies"]) == set(contract.implies.get(name, ()))
        needed = scope["requires"]
        assert needed == contract.sub_scopes.get(name)
        assert needed is None or list(scopes).index(needed) < list(scopes).index(name)


def test_it_loads_nothing_from_elsewhere() -> None:
    """Its policy allows no other host, and no address in it names one; nobody frames or keeps it."""
    with running(Settings()) as url:
        answer = httpx2.get(url)

    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert (policy["default-src"], policy["connect-src"], policy["frame-ancestors"]) == ("'none'", "'self'", "'none'")
    assert (answer.headers["x-content-type-options"], answer.headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert re.findall(r"https?://|(?:src|href)=\"(?!data:,)", answer.text) == []
    assert (answer.headers["x-frame-options"], answer.headers["cache-control"]) == ("DENY", "no-store")


@pytest.mark.parametrize("path", ["", "/api/v1/docs"])
def test_only_its_own_scripts_run(path: str) -> None:
    """Its policy names each by its digest, and allows no other: none that somebody brings into the page."""
    with running(Settings()) as url:
        answer = httpx2.get(url + path)
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    digests = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))

    assert scripts
    assert set(digests) <= set(policy["script-src"].split())
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert re.findall(r"\son[a-z]+=|\sstyle=", answer.text) == []


def test_a_meaning_cannot_leave_its_script() -> None:
    """Whatever the contract says of a scope is text to the page."""
    contract = releases.contract()
    meanings = {**contract.meanings, "bot": Meaning("</script><b>&", "<!--")}
    listed = key_page.scopes_of(replace(contract, meanings=meanings))

    assert "<" not in listed
    assert json.loads(listed)[0]["en"] == "</script><b>&"


def test_it_asks_for_nothing_but_what_the_contract_has() -> None:
    """Every path that its script asks for is one of the contract's operations."""
    asked = set(
        re.findall(r'"(GET|POST|DELETE)", [`"]([a-z/-]+(?:\$\{[^}]+\}[a-z/]*)?)', key_page.PAGE.read_text("utf-8"))
    )
    known = {f"{one.method} {re.sub(r'{.*?}', '*', one.path)}" for one in releases.contract().operations}

    assert len(asked) == 5
    assert {f"{method} /api/v1/{re.sub(r'[$]{.*?}', '*', path)}" for method, path in asked} <= known

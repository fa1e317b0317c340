"""A secret is masked in every encoding, and the text around it stays unchanged."""

import json
from collections.abc import Iterator

import pytest
from astrbot_conformance.secret import Secret, forget, mask, secrets_in
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.conformance.masking.encodings import ENCODERS, shows

SECRETS = {
    "a key": "abk_Zk3-x9TzL_0123mnPQrs7vwXy-ABCDEFGHIJklmnop",
    "a key of another form": "KEY.q8Xv2LmNw7RtYb4Zc9Kd",
    "a password with blanks": "correct horse battery 7",
    "a password with quotes": 'it\'s "quoted" & <so> on 42',
    "a password with backslashes": "C:\\new\\table\\x41\\u0042 8",
    "a password with percent signs": "100%25 of %41 is&amp;more",
    "a password beyond ASCII": "pässwörd-für-Größe-9 密码",
    "a token": "eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ",
}
KEYS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", min_size=43, max_size=43)


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    """Each test begins and ends without registered secrets."""
    forget()
    yield
    forget()


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_masked_in_every_encoding(name: str, encoding: str) -> None:
    """The variable replaces it, and the text around it stays unchanged."""
    Secret(SECRETS[name], "ASTRBOT_CANARY")

    shown = mask(f"before: {ENCODERS[encoding](SECRETS[name])} then")

    assert "$ASTRBOT_CANARY" in shown
    assert shown.startswith("before: ")
    assert shown.endswith(" then")
    assert not shows(shown, SECRETS[name])
    assert secrets_in(shown) == []


@pytest.mark.parametrize("name", SECRETS)
def test_the_independent_decoder_finds_unmasked_secrets(name: str) -> None:
    """It decodes the same encodings, so that a secret that it does not find is hidden."""
    unread = {name for name in ENCODERS if name.startswith("a list of")}

    missed = [encoding for encoding, encode in ENCODERS.items() if not shows(encode(SECRETS[name]), SECRETS[name])]

    assert set(missed) <= unread | {"partly percent-encoded", "broken by tags"}


UNUSUAL = {
    ("partly percent-encoded", "broken by dashes"),
    ("partly percent-encoded", "broken by tags"),
    ("broken by tags", "reversed"),
}
# A text with separators can be broken again; it is not readable by accident.
SEPARATING = frozenset(name for name in ENCODERS if name.startswith(("broken by", "a list of letters")))


@settings(max_examples=150, deadline=None)
@given(text=KEYS, first=st.sampled_from(sorted(ENCODERS)), second=st.sampled_from(sorted(ENCODERS)))
def test_a_key_is_masked_in_every_encoding_of_an_encoding(text: str, first: str, second: str) -> None:
    """JSON in JSON, base64 of JSON, percent escapes of base64, and so on."""
    assume(not {first, second} <= SEPARATING)
    assume((first, second) not in UNUSUAL)
    forget()
    key = f"abk_{text}"
    Secret(key, "ASTRBOT_CANARY")

    shown = mask(f"before: {ENCODERS[second](ENCODERS[first](key))} then")

    assert "$" in shown
    assert not shows(shown, key)
    assert shown.startswith("before: ")


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(sorted(SECRETS)), around=st.text(max_size=40), times=st.integers(0, 3))
def test_a_secret_is_masked_within_json_in_json(name: str, around: str, times: int) -> None:
    """At every depth, and next to any text."""
    forget()
    Secret(SECRETS[name], "ASTRBOT_CANARY")
    text = f"{around} {SECRETS[name]} {around}"
    for _ in range(times):
        text = json.dumps({"message": text})

    assert not shows(mask(text), SECRETS[name])


@given(st.text(max_size=300))
def test_a_text_without_secrets_is_unchanged(text: str) -> None:
    """Without registered secrets, no text is changed, with any escapes."""
    forget()

    assert mask(text) == text

"""A password that is an ordinary word does not garble a report; a rare word is masked."""

from collections.abc import Iterator

import pytest
from astrbot_conformance.report.files import files_of
from astrbot_conformance.secret import Secret, forget, is_credential, mask, secrets_in

from tests.conformance.report.samples import SAMPLES

pytestmark = pytest.mark.slow

ORDINARY = [
    *("data", "status", "admin", "error", "chat", "bots", "message", "astrbot", "true", "null", "200", "2026", "6185"),
    *("config-profiles", "Insufficient API key scope", "conformant", "localhost", "application/json", "list_bots"),
    *("a", "ok", ""),
]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """The sample reports in every format, written while no secret was registered."""
    forget()
    return [text for report in SAMPLES.values() for text in files_of(report).values()]


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    """Each test begins and ends without registered secrets."""
    forget()
    yield
    forget()


@pytest.mark.parametrize("password", ORDINARY)
def test_an_ordinary_word_does_not_garble_a_report(password: str, texts: list[str]) -> None:
    """The report is the same as with another password, and the word is not reported as a leak."""
    Secret(password, "ASTRBOT_PASSWORD")

    assert [mask(text) for text in texts] == texts
    assert [secrets_in(text) for text in texts if secrets_in(text)] == []


@pytest.mark.parametrize("text", ['{"password": "%s"}', "password=%s", '{\\"password\\": \\"%s\\"}', "?token=%s&a=b"])
def test_an_ordinary_word_is_masked_after_the_name_of_a_secret(text: str) -> None:
    """There, it is a password."""
    Secret("admin", "ASTRBOT_PASSWORD")

    assert mask(text % "admin") == text % "$ASTRBOT_PASSWORD"


@pytest.mark.parametrize(
    ("password", "text", "shown"),
    [
        ("wxyz", "the word wxyz, wxyz and 'wxyz'", "the word $P, $P and '$P'"),
        ("wxyz", "in wxyzabc and abcwxyz it is part of another word", None),
        ("zebra77", "zebra77 as hexadecimal: 7a656272613737", "$P as hexadecimal: $P"),
        ("S3cr-t!9", "aS3cr-t!9b 9!t-rc3S s3cr-t!9 S 3 c r - t ! 9", "a$Pb $P $P $P"),
        ("it's", "it&#39;s and it\\u0027s", "$P and $P"),
        ("密码是这个", "密码是这个 and %E5%AF%86%E7%A0%81%E6%98%AF%E8%BF%99%E4%B8%AA", "$P and $P"),
    ],
)
def test_a_short_password_is_masked_in_unmistakable_forms(password: str, text: str, shown: str | None) -> None:
    """The forms depend on its length."""
    Secret(password, "P")

    assert mask(text) == (text if shown is None else shown)


@pytest.mark.parametrize(
    "text",
    [
        *("status", "ok", '"error"', "data", "a" * 43, "insufficient_api_key_scope", "config-profiles/abcd\n"),
        *("list_config_profiles", "Insufficient API key scope", None, 7, ["abk_"], "abababababababababab"),
    ],
)
def test_a_word_is_no_credential(text: object) -> None:
    """Masking it would garble the report."""
    assert not is_credential(text)


@pytest.mark.parametrize(
    "text",
    [
        "abk_Zk3-x9TzL_0123mnPQrs7vwXy-ABCDEFGHIJklmnop",
        "key_Zk3-x9TzL_0123mnPQrs7vwXy-ABCDEFGHIJklmnop",
        "eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ",
        "5f0c2a34b1d24f7e9a0c5f0c2a34b1d2",
    ],
)
def test_a_random_text_is_a_credential(text: str) -> None:
    """Keys and tokens, including those of other servers."""
    assert is_credential(text)

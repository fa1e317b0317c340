"""The time and memory of the search are proportional to the length of any text."""

import secrets
import time
from collections.abc import Callable, Iterator

import pytest
from astrbot_conformance.masking.readings import readings
from astrbot_conformance.masking.search import WINDOW
from astrbot_conformance.secret import Secret, forget, mask, secrets_in

pytestmark = pytest.mark.slow

PATTERNS = [
    *("%25", "\\", '\\"', "Ab3/", "%25a", "&#97;", "&amp;", "\\u0061", "eyJ", "eyJa.", "abk_", "<a", "<a>b", " ", "61"),
    *("61:", "97, ", "ABCD2", "=41", "=\n", "$5$", "scrypt:", "scrypt:$", '"a", ', '"",', "\u200b", "password=", "&a"),
    *("%u0061", "\\u{0", "{SHA", "a", "-_", "A" * 57 + "\n", "abk_abk_abk_abk_abk_", '{\\\\\\\\\\\\"a'),
]
WIDEST = 40  # total bytes of all readings per byte of the text
SMALL, LARGE = WINDOW // 4, WINDOW


@pytest.fixture(autouse=True)
def _held() -> Iterator[None]:
    """The run holds some keys."""
    forget()
    for number in range(20):
        Secret(f"abk_{secrets.token_urlsafe(32)}", f"ASTRBOT_KEY_{number}")
    yield
    forget()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_readings_are_not_much_longer_than_the_text(pattern: str) -> None:
    """In every encoding. The readings of a text of twice the length have twice the length."""
    sizes = [sum(len(reading.data) for reading in readings(_repeated(pattern, size))) for size in (SMALL, LARGE)]

    assert sizes[1] <= WIDEST * LARGE
    assert sizes[1] <= 1.2 * sizes[0] * LARGE / SMALL


@pytest.mark.parametrize("pattern", PATTERNS)
def test_four_times_the_text_takes_about_four_times_the_effort(pattern: str) -> None:
    """Processor time of the fastest of several tries. A quadratic search would exceed the tolerance."""
    small, large = (_effort(_repeated(pattern, size).decode()) for size in (SMALL, LARGE))

    assert large <= 10 * small + 0.05


def test_a_secret_is_found_at_the_border_of_two_windows() -> None:
    """A long text is searched in overlapping windows."""
    secret = Secret(f"abk_{secrets.token_urlsafe(32)}", "ASTRBOT_CANARY")
    for encode in (str, lambda text: "".join(f"\\u{ord(character):04x}" for character in text)):
        text = encode(secret.reveal())
        for place in range(WINDOW - 40_000, WINDOW + 500, 1_777):
            assert "ASTRBOT_CANARY" in secrets_in("x " * (place // 2) + text + " y" * 40_000)


def _repeated(pattern: str, size: int) -> bytes:
    unit = pattern.encode()
    return unit * (size // len(unit))


def _effort(text: str) -> float:
    return min(_timed(lambda: mask(text)) for _ in range(3))


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began

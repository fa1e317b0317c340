"""Sound servers that respond differently have no finding. `make variations` judges them whole, under five seeds."""

import pytest

from tests.conformance.variations import QUICK, QUICK_STREAMS, VARIATIONS, report_of, result_of
from tests.conformance.varied_server import Variation

pytestmark = pytest.mark.slow


IN_TIME = {name: variation for name, variation in VARIATIONS.items() if not variation.waits}


@pytest.mark.parametrize("variation", IN_TIME.values(), ids=IN_TIME)
def test_a_sound_variation_has_no_finding(variation: Variation) -> None:
    """A few requirements about resources, documents and unknown paths, or about streams if they differ.

    Servers that wait are judged by `make variations` only.
    """
    quick = QUICK_STREAMS if variation.alters_streams else QUICK
    report = report_of(variation, seed=1, requirements=quick)

    assert result_of(report).findings == ()
    assert report.trouble is None
    assert {one.id for one in report.requirements if one.status == "passed"} == quick


def test_there_are_enough_variations() -> None:
    """Order, members, wording, framing, speed, proxies, base path and existing resources."""
    assert len(VARIATIONS) >= 16

"""Only what can name something is taken for an id."""

import pytest
from astrbot_conformance.http.identifiers import LONGEST_ID, checked_id, usable_id
from astrbot_conformance.outcome import NotJudged


@pytest.mark.parametrize(
    "id", ["a", "0d6f-9", "webchat:FriendMessage:x", "name with blanks", "名前", "x-1.0.0", "a" * LONGEST_ID]
)
def test_a_legal_id_is_taken_as_it_is(id: str) -> None:
    """Dots, colons, blanks and other scripts are legal."""
    assert usable_id(id) == id
    assert usable_id(7) == "7"


@pytest.mark.parametrize(
    "id",
    ["", " ", ".", "..", ". .", "../../x", "a/b", "a\\b", "a\nb", "a\0b", "a" * 501, None, True, 1.5, [], {}, b"a"],
)
def test_what_can_name_nothing_is_refused(id: object) -> None:
    """A removal of a path, or of nothing, could remove something else than what the run created."""
    assert usable_id(id) is None
    with pytest.raises(NotJudged, match="gives a key an id that cannot be sent"):
        checked_id(id, "a key")

"""Only a text that can identify a resource is accepted as an id."""

import pytest
from astrbot_conformance.http.identifiers import LONGEST_ID, checked_id, usable_id
from astrbot_conformance.outcome import NotJudged


@pytest.mark.parametrize(
    "id", ["a", "0d6f-9", "webchat:FriendMessage:x", "name with spaces", "名前", "x-1.0.0", "a" * LONGEST_ID]
)
def test_a_valid_id_is_unchanged(id: str) -> None:
    """Dots, colons, spaces and other scripts are valid."""
    assert usable_id(id) == id
    assert usable_id(7) == "7"


@pytest.mark.parametrize(
    "id",
    ["", " ", ".", "..", ". .", "../../x", "a/b", "a\\b", "a\nb", "a\0b", "a" * 501, None, True, 1.5, [], {}, b"a"],
)
def test_an_unusable_id_is_rejected(id: object) -> None:
    """A removal with a path or an empty id could remove something that the run did not create."""
    assert usable_id(id) is None
    with pytest.raises(NotJudged, match="returned an unusable id for a key"):
        checked_id(id, "a key")

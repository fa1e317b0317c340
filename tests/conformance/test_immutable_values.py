"""Values that several threads and checks share cannot be changed, and have no other members."""

from typing import Any

import pytest
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.conversation import Conversation
from astrbot_conformance.http.credential import Credential
from astrbot_conformance.http.event_stream import StreamEvent
from astrbot_conformance.http.hanging import Hang
from astrbot_conformance.http.key import Key, Presented
from astrbot_conformance.http.limits import Received
from astrbot_conformance.http.removal import Left
from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.roles import Roles
from astrbot_conformance.inputs.evasion import Form
from astrbot_conformance.inputs.two_keys import Arrangement

SLOTTED = (
    TargetOptions,
    Credential,
    StreamEvent,
    Hang,
    Key,
    Presented,
    Received,
    Left,
    HttpRequest,
    Roles,
    Form,
    Arrangement,
)
CACHING = (HttpResponse, Conversation)  # they store what was computed once


@pytest.mark.parametrize("kind", [*SLOTTED, *CACHING])
def test_a_value_cannot_be_changed(kind: Any) -> None:
    """Its members stay, and it has no others, except for results that it stores."""
    made: object = object.__new__(kind)

    with pytest.raises(AttributeError):
        setattr(made, kind.__match_args__[0], 1)
    assert hasattr(made, "__dict__") == (kind in CACHING)

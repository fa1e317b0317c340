"""Resources that a run leaves on a target, because no operation removes them."""

from collections.abc import Iterator, Sequence

from astrbot_conformance.http import HttpResponse, Target, asking
from astrbot_conformance.http.removal import Left
from astrbot_conformance.json_value import as_list, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged

EXPORTS = frozenset({"download_skill", "download_skill_by_name"})  # the server stores what it exports in a folder
EXPORTED = "exported ZIP files of skills, which no operation removes"
KIND = "message origins (`umo`), which no operation removes"
LISTING = "list_active_umos"


class ExportedFiles:
    """Records the files that a target stored for the downloads of a run, as an observer of its responses."""

    def __init__(self) -> None:
        """Start without any."""
        self._paths: dict[str, None] = {}

    def __call__(self, response: HttpResponse) -> None:
        """Record a successful download."""
        if response.request.operation.id in EXPORTS and response.status == 200 and not response.is_error_envelope:
            self._paths[response.request.path] = None

    def left(self) -> list[Left]:
        """The files that remain on the target."""
        return [Left(path, "", EXPORTED) for path in self._paths]


def message_origins(target: Target, keys: KeyRing, run: str) -> Iterator[Left]:
    """The message origins that the target remembers of the chats of a run. From 4.28 on, it does so for ever.

    It is one request with a key, and none if the release does not list them to developer keys.
    """
    listing = keys.contract.by_id.get(LISTING)
    if listing is None or not listing.scope:
        return
    try:
        response = target.send(asking(listing), keys.weakest(listing.scope))
    except NotJudged:
        return
    own: Sequence[str] = (f"conform-{run}", *(f"api_key:{key.id}" for key in keys.profile()))
    for origin in as_list(part(response.data, "umos")):
        if isinstance(origin, str) and any(name in origin for name in own):
            yield Left(origin, "", KIND)

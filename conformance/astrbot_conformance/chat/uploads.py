"""Attachments that a run uploads, so that it can send segments with files, and removes again."""

import base64
import contextlib
from collections.abc import Iterable

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.http import Key, Target, usable_id, with_file
from astrbot_conformance.http.removal import Left, tried_twice
from astrbot_conformance.json_value import part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
TEXT = b"made by a conformance run\n"
FILES = (  # one of each type; nothing plays the last two
    ("txt", "text/plain", TEXT),
    ("png", "image/png", PICTURE),
    ("wav", "audio/wav", b"RIFF$\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0@\x1f\0\0\x01\0\x08\0data\0\0\0\0"),
    ("mp4", "video/mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"),
)
UPLOAD, REMOVAL = "upload_file", "delete_attachment"


class Uploads:
    """Uploads a file of each type, if the release lets keys upload and remove attachments."""

    def __init__(self, target: Target, keys: KeyRing, run: str) -> None:
        """Upload to `target` with a key of `keys`; the names contain the id of the `run`."""
        self._target = target
        self._keys = keys
        self._run = run
        self._stored: list[tuple[Key, str]] = []

    def stored(self) -> dict[str, str]:
        """The new attachments, each with its type. Empty if the run may not upload any."""
        by_id = self._keys.contract.by_id
        if not self._target.options.allows("write") or any(by_id[id].scope is None for id in (UPLOAD, REMOVAL)):
            return {}
        uploaded = dict[str, str]()
        with contextlib.suppress(NotJudged):  # the given keys cannot upload, or the target does not respond
            key = self._keys.weakest(by_id[UPLOAD].scope)
            for end, media_type, content in FILES:
                uploaded |= self._uploaded(key, f"conform-{self._run}.{end}", media_type, content)
        return uploaded

    def close(self) -> Iterable[Left]:
        """Remove the attachments, with two tries. Returns those that stayed."""
        stored, self._stored = self._stored, []
        stayed = tried_twice(stored, lambda one: self._target.send(request(REMOVAL, attachment_id=one[1]), one[0]))
        return [Left(f"attachment {id}", str(request(REMOVAL, attachment_id=id).operation)) for _, id in stayed]

    def _uploaded(self, key: Key, name: str, media_type: str, content: bytes) -> dict[str, str]:
        """The attachment with its type; empty if the server stores none."""
        response = self._target.send(with_file(request(UPLOAD), "file", name, content, media_type), key)
        id, kind = (part(response.data, member) for member in ("attachment_id", "type"))
        if not response.is_accepted or not usable_id(id):
            return {}
        self._stored.append((key, str(id)))
        return {str(id): str(kind)}

"""UPLOADS-*: uploads of attachments in pieces."""

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.contract import along
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, Target, with_file
from astrbot_conformance.json_value import as_list, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.scenarios.claimed_identity import Impersonation, claiming
from astrbot_conformance.verdict.finding import expect_refused, fail
from astrbot_conformance.verdict.requirement import over, requirement

CONTENT = b"six of one, half a dozen of the other\n"


@requirement("UPLOADS-OWNER")
@over(along("begin_upload upload_piece get_upload_status complete_upload abort_upload"))
def test_uploads_owner(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Read, continue, complete and abort an upload of another key, also in requests that name the owner.

    None may have an effect. No release can remove an attachment, so only a disposable target is asked to complete one.
    """
    owner, other = keys.own("uploads", "file"), keys.own("other_uploads", "file")
    upload = _begun(target, owner, f"{keys.name}upload.txt", cleanup)
    status = request("get_upload_status", body={"upload_id": upload})
    if not target.send(status, owner).is_accepted:
        raise NotJudged("the owner of an upload cannot read its status")
    impersonation = Impersonation(target, other, owner)
    impersonation.expect_refused(status, "a request for the status of another key's upload")
    impersonation.expect_refused(_piece(upload), "a piece of another key's upload")
    abortion = request("abort_upload", body={"upload_id": upload})
    for attempt in (abortion, claiming(abortion, owner)):  # a server may report success if there is nothing to abort
        target.send(attempt, other)
    _expect_pieces(target.send(status, owner), [])

    if target.options.disposable:
        target.send(_piece(upload), owner)
        completion = request("complete_upload", body={"upload_id": upload})
        impersonation.expect_refused(completion, "the completion of another key's upload")
        _expect_pieces(target.send(status, owner), [0])
    target.send(abortion, owner)
    expect_refused(target.send(status, other), "a request for the status of an upload that its owner aborted")


def _begun(target: Target, key: Key, name: str, cleanup: Cleanup) -> str:
    """The id of a new upload. Raises NotJudged if none can be started."""
    if not target.options.allows("write"):
        raise NotJudged("an upload is started only with --effects write", by_choice=True)
    plan = {"filename": name, "total_size": len(CONTENT), "content_type": "text/plain"}
    response = target.send(request("begin_upload", body=plan), key)
    upload = part(response.data, "upload_id")
    if not response.is_accepted or not isinstance(upload, str):
        raise NotJudged(f"{response.request.operation}: starts no upload: {response.in_short}")
    cleanup.owns(request("abort_upload", body={"upload_id": upload}), key)
    return upload


def _piece(upload: str) -> HttpRequest:
    return with_file(request("upload_piece"), "chunk", "piece", CONTENT, chunk_index="0", upload_id=upload)


def _expect_pieces(response: HttpResponse, received: list[int]) -> None:
    """Raise FindingRaised unless the upload still exists and has received exactly these pieces."""
    if not response.is_accepted:
        fail(response, expected="an upload to remain after requests of another key", actual=response.in_short)
    actual = as_list(part(response.data, "received_chunks"))
    if actual != received:
        fail(response, expected=f"the pieces {received} that its owner sent", actual=f"the pieces {actual}")

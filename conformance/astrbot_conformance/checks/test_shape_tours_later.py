"""SHAPE-BODY: scenarios for operations of later releases: conversations, files, groups, views."""

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.contract import along
from astrbot_conformance.http import Target, with_file
from astrbot_conformance.json_value import items
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.plugin_sample import PAGE, plugin_archive
from astrbot_conformance.scenarios.scenario import CHAT_MODEL, Tour
from astrbot_conformance.verdict.requirement import by_itself, over, requirement

FILE = b"six of one, half a dozen of the other\n"
REPOSITORY = "https://github.com/example/dice-tower.git"


@requirement("SHAPE-BODY")
@over(along("get_conversation update_conversation replace_conversation_messages delete_conversation"))
def test_shape_body_of_conversations(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """Read, change, export and delete the conversations that the agent stored for chats of the run."""
    tour, key = Tour(target, keys.weakest("data"), cleanup), keys.chatting("tour-conversations")
    for number, removal in enumerate(("delete_conversation", "delete_conversations")):
        session = f"conform-{chats.run}-tour-{number}"
        chats.converse(key, {"session_id": session, "message": GREETING})
        for one in items(tour.go("list_conversations", {"search": session}), "conversations")[:1]:
            which = {"conversation_id": str(one.get("cid")), "user_id": str(one.get("user_id"))}
            if session not in which["user_id"]:
                continue  # of another user
            chosen = {"conversations": [{"cid": which["conversation_id"], "user_id": which["user_id"]}]}
            tour.go("get_conversation", which)
            tour.go("update_conversation", which, own=True, body={"title": session})
            turns = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}]
            tour.go("replace_conversation_messages", which, own=True, body={"messages": turns})
            tour.go("export_conversations", body=chosen)
            by_path = removal == "delete_conversation"
            tour.go(removal, which if by_path else {}, own=True, body=... if by_path else chosen)
    tour.end()


@requirement("SHAPE-BODY")
@over(along("create_session_group update_session_group delete_session_group set_session_rule set_session_service"))
def test_shape_body_of_session_settings(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """Create groups of sessions, and rules for a session of the run.

    If other chats run at the same time, creating a group can block a real server for half a minute.
    """
    tour = Tour(target, keys.holding("data", "provider"), cleanup, only_disposable=True)
    created = tour.go("create_session_group", own=True, body={"name": f"{keys.name}tour", "umos": [chats.umo]})
    group = created.get("group")
    group = {"group_id": str((group if isinstance(group, dict) else created).get("id"))}
    tour.owns("delete_session_group", group)
    tour.go("update_session_group", group, own=True, body={"name": f"{keys.name}tour-2"})
    tour.removes("delete_session_group", group)
    rules = {"umos": [chats.umo]}
    tour.owns("delete_session_rules", {}, body=rules)
    services = {"session_enabled": True, "llm_enabled": True, "tts_enabled": False}
    rule = {"umo": chats.umo, "rule_key": "session_service_config", "rule_value": services}
    tour.go("set_session_rule", own=True, body=rule)
    tour.go("set_session_service", own=True, body={**rules, "llm_enabled": True})
    provider = {"provider_id": f"{keys.name}tour-sessions"}
    tour.owns("delete_provider", provider)
    tour.go("create_provider", own=True, body={"id": provider["provider_id"], **CHAT_MODEL})
    tour.go("set_session_provider", own=True, body={**rules, **provider, "provider_type": "chat_completion"})
    tour.removes("delete_provider", provider)
    tour.removes("delete_session_rules", {}, body=rules)
    tour.end()


@requirement("SHAPE-BODY")
@over(along("upload_file upload_attachment get_file get_attachment get_attachment_content get_file_content"))
def test_shape_body_of_files(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Upload files and read them back. No release can remove them, so the target must be disposable."""
    tour = Tour(target, keys.weakest("file"), cleanup, only_disposable=True)
    for upload in ("upload_file", "upload_attachment"):
        stored = tour.send(with_file(request(upload), "file", f"{keys.name}{upload}.txt", FILE))
        which = {"attachment_id": str(stored.get("attachment_id"))}
        for reading in ("get_file", "get_attachment", "get_attachment_content"):
            tour.go(reading, which)
        tour.go("get_file_content", {"filename": str(stored.get("stored_filename", stored.get("filename")))})
        tour.go("delete_attachment", which)
    tour.end()


@requirement("SHAPE-BODY")
@over(along("begin_upload upload_piece get_upload_status complete_upload abort_upload"))
def test_shape_body_of_uploads(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Upload a file in parts, and abort another upload."""
    tour = Tour(target, keys.weakest("file"), cleanup, only_disposable=True)
    for ends in ("complete_upload", "abort_upload"):
        plan = {"filename": f"{keys.name}tour.txt", "total_size": len(FILE), "content_type": "text/plain"}
        upload = {"upload_id": str(tour.go("begin_upload", body=plan).get("upload_id"))}
        tour.send(with_file(request("upload_piece"), "chunk", "piece", FILE, chunk_index="0", **upload))
        tour.go("get_upload_status", body=upload)
        tour.go(ends, body=upload)
    tour.end()


@requirement("SHAPE-BODY")
@over(along("list_workspace_files get_workspace_file download_workspace_file"))
def test_shape_body_of_workspaces(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """Read the folder of a project, and the files that an agent left in it."""
    key = keys.chatting("tour-workspaces")
    tour = Tour(target, key, cleanup)
    created = tour.go("create_chat_project", own=True, body={"title": f"{keys.name}tour"})
    project = {"project_id": str(created.get("project_id"))}
    tour.owns("delete_chat_project", project)
    session = {"session_id": f"conform-{chats.run}-workspace"}
    chats.converse(key, {**session, "message": GREETING})
    tour.go("add_session_to_project", project | session, own=True)
    if tour.is_disposable:
        chats.converse(key, {**session, "message": "Remember the tickets #note"})
    for folder in items(tour.go("list_workspace_files", project), "entries")[:1]:
        inside = {"path": str(folder.get("path"))}
        for file in items(tour.go("list_workspace_files", project | inside), "entries")[:1]:
            tour.go("get_workspace_file", project | {"path": str(file.get("path"))})
            tour.go("download_workspace_file", project | {"path": str(file.get("path"))})
    tour.go("remove_session_from_project", session, own=True)
    tour.removes("delete_chat_project", project)
    tour.end()


@requirement("SHAPE-BODY")
@over(along("install_plugin_from_git set_plugin_log_level set_plugin_source check_plugin_repository"))
@by_itself
def test_shape_body_of_linked_plugins(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Install a plugin from a repository, and set its log level and its source."""
    tour = Tour(target, keys.weakest("plugin"), cleanup, only_disposable=True)
    tour.go("check_plugin_repository", body={"url": REPOSITORY})
    created = tour.go("install_plugin_from_git", body={"url": REPOSITORY})
    plugin = {"plugin_id": str(created.get("name"))}
    tour.owns("delete_plugin", plugin)
    tour.go("set_plugin_log_level", plugin, body={"level": "debug"})
    tour.go("set_plugin_source", plugin, body={"market_plugin_id": "Ada/dice-tower"})
    tour.removes("delete_plugin", plugin)
    tour.end()


@requirement("SHAPE-BODY")
@over(along("get_plugin_view get_plugin_view_by_id"))
@by_itself
def test_shape_body_of_views(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Open a view of a plugin by both paths."""
    tour = Tour(target, keys.weakest("plugin"), cleanup, only_disposable=True)
    name = f"{keys.name}views".replace("-", "_")
    plugin = {"plugin_id": name}
    tour.owns("delete_plugin", plugin)
    tour.send(with_file(request("install_plugin_from_upload"), "file", f"{name}.zip", plugin_archive(name)))
    tour.go("get_plugin_view", plugin | {"view_name": PAGE})
    tour.go("get_plugin_view_by_id", plugin | {"page_name": PAGE})
    tour.removes("delete_plugin", plugin)
    tour.end()

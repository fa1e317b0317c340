"""Faults in the page that creates keys: each adds a script that changes the page."""

from __future__ import annotations

from astrbot_reference.key_page import KeyPage

from .server import Server, fault


@fault(breaks="UI-LINKAGE")
def choosing_links_nothing(server: Server) -> None:
    """In the web UI, choosing `config` does not choose `bot` and `provider`."""
    _script(server, "linkage.chosen = () => {};")


@fault(breaks="UI-LINKAGE")
def dropping_links_nothing(server: Server) -> None:
    """In the web UI, dropping `bot` or `provider` does not drop `config`."""
    _script(server, "linkage.dropped = () => {};")


@fault(breaks="UI-LINKAGE")
def chinese_links_nothing(server: Server) -> None:
    """In the Chinese web UI, choosing `config` does not choose `bot` and `provider`."""
    _script(
        server,
        """const inEnglish = linkage.chosen;
        linkage.chosen = scope => { if (document.documentElement.lang === "en") inEnglish(scope); };""",
    )


@fault(breaks="UI-NOT-LINKED")
def dropping_links_too_much(server: Server) -> None:
    """In the web UI, dropping `config` drops `bot` and `provider`."""
    _script(
        server,
        """const lawful = linkage.dropped;
        linkage.dropped = scope => { lawful(scope); for (const id of scope.implies) box(id).checked = false; };""",
    )


@fault(breaks="UI-NOT-LINKED")
def choosing_links_too_much(server: Server) -> None:
    """In the web UI, choosing `chat` chooses `im`."""
    _script(
        server,
        """const lawful = linkage.chosen;
        linkage.chosen = scope => { lawful(scope); if (scope.id === "chat") box("im").checked = true; };""",
    )


@fault(breaks="UI-SCOPES")
def closed_scope_on_offer(server: Server) -> None:
    """The web UI offers `kb`."""
    _script(server, 'scopes.push({ id: "kb", en: "Manage knowledge bases.", zh: "管理知识库。", implies: [] });')


@fault(breaks="UI-SCOPES")
def a_scope_not_on_offer(server: Server) -> None:
    """The web UI does not offer `skill`."""
    _script(server, 'scopes.splice(scopes.findIndex(scope => scope.id === "skill"), 1);')


@fault(breaks="UI-MEANINGS")
def scopes_without_a_word(server: Server) -> None:
    """The web UI shows the scopes without descriptions."""
    _script(server, 'for (const scope of scopes) scope.en = scope.zh = "";')


@fault(breaks="UI-KEY-SCOPES")
def what_is_chosen_is_not_asked_for(server: Server) -> None:
    """The web UI creates each key with `chat` and `im`, whatever the user chose."""
    _script(
        server,
        """const own = ask;
        ask = (method, path, body) =>
          own(method, path, body?.scopes ? { ...body, scopes: ["chat", "im"] } : body);""",
    )


@fault(breaks="UI-KEY-SCOPES")
def one_more_is_asked_for(server: Server) -> None:
    """The web UI creates each key with one scope more than the user chose."""
    _script(
        server,
        """const own = ask;
        ask = (method, path, body) => own(method, path, body?.scopes ? { ...body,
          scopes: [...body.scopes, scopes.find(scope => !body.scopes.includes(scope.id)).id] } : body);""",
    )


@fault(breaks="UI-KEY-ONCE")
def a_new_key_is_kept_and_shown(server: Server) -> None:
    """The web UI shows the last key again when it is reloaded."""
    _script(
        server,
        """const shown = show;
        show = secret => { sessionStorage.setItem("last", secret); shown(secret); };
        addEventListener("load", () => { const last = sessionStorage.getItem("last"); if (last) shown(last); });""",
    )


@fault(breaks="UI-KEY-ONCE")
def a_new_key_is_not_shown(server: Server) -> None:
    """The web UI does not show a new key."""
    _script(server, "show = () => {};")


def _script(server: Server, script: str) -> None:
    """Add a script to the page, after its own."""

    @server.override
    class Broken(KeyPage):
        def markup(self) -> str:
            return super().markup().replace("</body>", f"<script>{script}</script>\n</body>")

"""Servers whose web UI is another one than the reference server's."""

from collections.abc import Callable
from pathlib import Path

from astrbot_api.contract import Contract
from astrbot_reference import key_page
from astrbot_reference.faults import Fault, Server

OTHER_LAYOUT = (Path(__file__).parent / "other_layout.html").read_text("utf-8")
NOTHING = "<html></html>"
NO_LOGIN = "<p>Nobody is at home.</p>"
NO_DIALOG = """<form id=f><input name=username><input name=password type=password><button>Log in</button></form>
<script>
  document.forms.f.onsubmit = () => { document.body.innerHTML = "<button>Settings</button><p>bot</p>"; return false; };
</script>"""
WITHOUT_NAMES = OTHER_LAYOUT.replace("chip.textContent = scope.id", "chip.textContent = scope.en")


def showing(page: str) -> Fault:
    """The reference server with another page at `/`. It is a fault in that it may break something, or nothing."""
    return _changed(lambda contract: page.replace(key_page.PLACE, key_page.scopes_of(contract)))


def _changed(markup: Callable[[Contract], str]) -> Fault:
    def put_into(server: Server) -> None:
        server.patch.setattr(key_page, "markup", markup)

    return Fault("another-page", "UI-LINKAGE", "The page is another one.", put_into)

"""Servers with a web UI that differs from that of the reference server."""

from pathlib import Path

from astrbot_faults import Fault, Server
from astrbot_reference.key_page import PLACE, KeyPage, scopes_of

OTHER_LAYOUT = (Path(__file__).parent / "other_layout.html").read_text("utf-8")
NOTHING = "<html></html>"
NO_LOGIN = "<p>This page has no login.</p>"
NO_DIALOG = """<form id=f><input name=username><input name=password type=password><button>Log in</button></form>
<script>
  document.forms.f.onsubmit = () => { document.body.innerHTML = "<button>Settings</button><p>bot</p>"; return false; };
</script>"""
LOGS_IN_SLOWLY = """<form id=f><input name=username><input name=password type=password><button>Log in</button></form>
<script>
  const next = () => { document.body.innerHTML = "<button>Settings</button><input name=search><p>bot</p>"; };
  document.forms.f.onsubmit = () => { setTimeout(next, 5500); return false; };
</script>"""
FORM_DISAPPEARS = """<form id=f><input name=username><input name=password type=password><button>Log in</button></form>
<script>
  let logins = 0;  // the page changes while the form is filled for the second time
  const next = () => { document.body.innerHTML = "<button>Settings</button><input name=search><p>bot</p>"; };
  document.forms.f.onsubmit = () => { logins += 1; return false; };
  document.forms.f.username.oninput = () => { if (logins) next(); };
</script>"""
WITHOUT_NAMES = OTHER_LAYOUT.replace("chip.textContent = scope.id", "chip.textContent = scope.en")


def showing(page: str) -> Fault:
    """The reference server with another page at `/`. It is a fault because the page may violate a requirement."""

    def put_into(server: Server) -> None:
        @server.override
        class OtherPage(KeyPage):
            def markup(self) -> str:
                return page.replace(PLACE, scopes_of(self._contract))

    return Fault("another-page", "UI-LINKAGE", "The web UI is another page.", put_into)

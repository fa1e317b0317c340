"""The resources, chats and keys that a share of the checks creates, until they are removed or reported."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from astrbot_conformance.browser.web_ui import WebUi
from astrbot_conformance.chat.chats import Allowance, Chats
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.http import Target
from astrbot_conformance.http.removal import Left
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.keys.key_ring import KeyRing, left_keys
from astrbot_conformance.outcome import shortened
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.leftovers import unnoticed
from astrbot_conformance.resources.permanent import ExportedFiles, message_origins


class RunCleanup:
    """Owns the resources and chats of a share, and records those that could not be removed so far."""

    def __init__(
        self,
        options: RunOptions,
        target: Target,
        keys: KeyRing,
        allowance: Allowance,
        web_ui: WebUi,
        *,
        cleanup: Cleanup,
    ) -> None:
        """Begin with the resources of `cleanup` and with `keys`. web_ui: also creates keys."""
        self.left: list[Left] = []
        self.cleanup = cleanup
        self.web_ui = web_ui
        self._options = options
        self._target = target
        self._allowance = allowance
        self._rings = [keys]
        self.chats = self._chats(keys, options.run)
        self._exported = ExportedFiles()
        if not target.options.is_cheap:  # the built-in server stores no exported files
            target.observers.append(self._exported)

    @property
    def keys(self) -> KeyRing:
        """The keys that are in use."""
        return self._rings[-1]

    def start_again(self, dashboard: Dashboard) -> tuple[KeyRing, Chats]:
        """Return new keys and users without a history: the effect of a request without a response is unknown."""
        run = f"{self._options.run}-again"
        keys = KeyRing(dashboard, run, self._rings[0].contract, self._options.expired_key)
        self._rings.append(keys)
        return keys, self._chats(keys, run)

    def remove_all_but_keys(self) -> None:
        """Remove all recorded resources except keys, if the target responds."""
        if not self._target.circuit_breaker.is_open:
            self._attempt("resources", self.cleanup.close)
            self._attempt("chat sessions", self.chats.close)

    def remove(self) -> None:
        """Remove everything. The keys come last, after resources created by requests that got no response."""
        self._target.circuit_breaker.half_open()
        self._target.budget.allow_cleanup()
        self.remove_all_but_keys()
        if self._target.uncertain and self._options.target.allows("write"):
            self._attempt("resources", self._remove_unnoticed)
        self._attempt("exported files", self._exported.left)
        if not self._target.circuit_breaker.is_open:
            for keys in self._rings:
                self._attempt("message origins", partial(message_origins, self._target, keys, self._options.run))
        for keys in self._rings:
            self._attempt("keys", partial(_close, keys))
        self._attempt("keys of the web UI", lambda: left_keys(self.web_ui.close()))
        self.left = list(dict.fromkeys(self.left))

    def _attempt(self, what: str, remove: Callable[[], Iterable[Left]]) -> None:
        """Record what `remove` leaves. If a response makes it fail, report the rest and continue the clean-up."""
        try:
            self.left += remove()
        except Exception as error:  # noqa: BLE001  no response of a target keeps the other resources from being removed
            self.left.append(Left(shortened(f"perhaps {what} ({type(error).__name__}: {error})"), ""))

    def _remove_unnoticed(self) -> Iterator[Left]:
        unread = self._own_unnoticed()
        self.remove_all_but_keys()
        yield from (Left(f"perhaps something more ({what})", "") for what in unread)

    def _own_unnoticed(self) -> list[str]:
        """Record resources created without a response. Return the kinds that cannot be listed and may hide more."""
        unread = list[str]()
        for keys in self._rings:
            for removal, key in unnoticed(self._target, keys, self._options.run, unread):
                self.cleanup.owns(removal, key)
        return list(dict.fromkeys(unread))

    def _chats(self, keys: KeyRing, run: str) -> Chats:
        return Chats(self._target, keys, run, self._allowance, self._options.attachments)


def _close(keys: KeyRing) -> list[Left]:
    """Remove the keys of a ring; return the keys that remain."""
    return left_keys(keys.close())

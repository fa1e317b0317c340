"""Faults in the check of templates."""

from __future__ import annotations

from astrbot_api.models import T2iTemplateNameAnswer, T2iTemplateText
from astrbot_api.server import Json
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.t2i import T2i
from astrbot_reference.template_check import BadTemplate

from .server import Server, fault


@fault(breaks="T2I-SANDBOX")
def any_template_is_stored(server: Server) -> None:
    """Templates are stored without a check."""

    @server.override
    class Broken(T2i):
        @staticmethod
        def check_template(content: str) -> None:
            pass


@fault(breaks="T2I-SANDBOX")
def replaced_templates_are_not_checked(server: Server) -> None:
    """A template is checked when it is created, but not when it is replaced."""

    @server.override
    class Broken(T2i):
        async def replace_t2i_template(
            self, *, caller: Caller, name: str, body: T2iTemplateText
        ) -> Json[T2iTemplateNameAnswer]:
            self._keep(name, body.content)
            return ok(T2iTemplateNameAnswer, {"name": name}, "Saved")


@fault(breaks="T2I-SANDBOX")
def templates_are_checked_for_dots(server: Server) -> None:
    """The check of templates finds attribute access with a dot only."""

    @server.override
    class Broken(T2i):
        @staticmethod
        def check_template(content: str) -> None:
            if ".__" in content:
                raise BadTemplate("The template reads a member")

"""Faults in the check of templates."""

from __future__ import annotations

import re
from collections.abc import Callable

from astrbot_api.models import T2iTemplateNameAnswer, T2iTemplateText
from astrbot_api.server import Json
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.t2i import T2i
from astrbot_reference.template_check import BadTemplate, check_template

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


def _check_after(server: Server, change: Callable[[str], str]) -> None:
    """Check a template after a change of its text."""

    @server.override
    class Broken(T2i):
        @staticmethod
        def check_template(content: str) -> None:
            check_template(change(content))


@fault(breaks="T2I-SANDBOX")
def blocks_are_not_checked(server: Server) -> None:
    """The check of templates inspects expressions, and no statements in `{% %}`."""
    _check_after(server, lambda text: re.sub(r"\{%.*?%\}", "", text))


@fault(breaks="T2I-SANDBOX")
def filters_are_not_checked(server: Server) -> None:
    """The check of templates ignores everything after the first filter of an expression."""
    _check_after(server, lambda text: re.sub(r"\|.*?\}\}", "}}", text))


@fault(breaks="T2I-SANDBOX")
def globals_are_allowed(server: Server) -> None:
    """A template may use `config` and `request` as variables."""
    _check_after(server, lambda text: re.sub(r"\b(config|request)\b", "text", text))


@fault(breaks="T2I-SANDBOX")
def format_texts_are_allowed(server: Server) -> None:
    """A template may format a text that reads a member."""
    _check_after(server, lambda text: re.sub(r"'[^']*'\s*(\.|\|)\s*format\([^)]*\)", "text", text))


@fault(breaks="T2I-SANDBOX")
def templates_are_checked_for_dots(server: Server) -> None:
    """The check of templates finds attribute access with a dot only."""

    @server.override
    class Broken(T2i):
        @staticmethod
        def check_template(content: str) -> None:
            if ".__" in content:
                raise BadTemplate("The template reads a member")

"""Faults change the server through typed seams: subclasses that the type checker holds to the classes they extend."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from astrbot_api import releases
from astrbot_faults import CATALOGUE, Fault, Server
from astrbot_reference.overrides import Overrides

from tests.project.tree import PACKAGES, ROOT, modules

BY_STRING = {"setattr", "getattr", "delattr"}
PRIVATE = re.compile("_[^_]")


def subclasses(fault: Fault) -> list[type]:
    """What a fault puts in the place of classes of the server."""
    server = Server(releases.contract(fault.release))
    fault.put_into(server)
    return server.overrides.subclasses


def is_own(owner: ast.expr) -> bool:
    """Whether a member is one of the object that a method belongs to."""
    return ast.unparse(owner) in {"self", "super()"}


def reached_by_string(module: Path) -> Iterator[str]:
    """Where a module names a member by a string, or reaches for a private member of another object."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"), str(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in BY_STRING:
                yield f"{module.relative_to(ROOT)}:{node.lineno}: {name}"
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value).startswith("vars("):
            yield f"{module.relative_to(ROOT)}:{node.lineno}: vars"
        elif isinstance(node, ast.Attribute) and PRIVATE.match(node.attr) and not is_own(node.value):
            yield f"{module.relative_to(ROOT)}:{node.lineno}: {node.attr}"


def test_no_member_is_named_by_a_string() -> None:
    """No fault sets or reads a member by a string, and none reaches for what another object keeps to itself."""
    assert [line for module in modules(PACKAGES["astrbot_faults"]) for line in reached_by_string(module)] == []


def test_overrides_extend_classes_of_the_server() -> None:
    """Each extends one class of the server, and overrides only what that class has."""
    for subclass in (subclass for fault in CATALOGUE.values() for subclass in subclasses(fault)):
        (base,) = subclass.__bases__
        members = {name for name in vars(subclass) if not name.startswith("__")}

        assert base.__module__.startswith("astrbot_reference.")
        assert {name for name in members if not hasattr(base, name)} == set()


def test_what_nothing_overrides_stays_itself() -> None:
    """A sound server is made of its own classes."""
    overrides = Overrides()
    overrides.add(type("Other", (Fault,), {}))

    assert overrides.of(Server) is Server


def test_several_overrides_work_together() -> None:
    """The last one added comes first and reaches the others by `super()`, also where a later release extends."""

    class Base:
        def says(self) -> list[str]:
            return ["base"]

    class Later(Base):
        def says(self) -> list[str]:
            return [*super().says(), "later"]

    class First(Base):
        def says(self) -> list[str]:
            return [*super().says(), "first"]

    class Second(Base):
        def says(self) -> list[str]:
            return [*super().says(), "second"]

    overrides = Overrides()
    overrides.add(First)
    overrides.add(Second)

    assert overrides.of(Later)().says() == ["base", "later", "first", "second"]
    assert overrides.of(Base)().says() == ["base", "first", "second"]

"""Renders plans: one template for each file, then one run of ruff over all files."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from ruff import find_ruff_bin  # type: ignore[import-untyped]

from astrbot_generator import markdown_text, python_text, quoted_text, reference_tables
from astrbot_generator.code_plan import Plan
from astrbot_generator.operation_table import OperationTable, requirement_table
from astrbot_generator.python_text import LINE_LENGTH
from astrbot_generator.quoted_text import Identifier, PythonText, joined, python
from astrbot_generator.reference_words import CHINESE, ENGLISH
from astrbot_generator.release_changes import ReleaseChanges

PACKAGE = PurePosixPath("astrbot_api")
DOCS = PurePosixPath("docs")
RELEASE_DOCS = DOCS / "releases"
_SHARED = (
    "conforming.py",
    "contract.py",
    "document.py",
    "explain.py",
    "focus.py",
    "merge.py",
    "model_base.py",
    "operation.py",
    "vocabulary.py",
)
"""Modules that all releases share."""
_RUNTIME_NAMES = (
    "answers",
    "arguments",
    "bodies",
    "errors",
    "media_types",
    "parameters",
    "route_index",
    "routing",
    "security",
    "sockets",
    "styles",
)
_RUNTIME = tuple(f"{name}.py" for name in (*_RUNTIME_NAMES, "violations", "wire"))
"""Shared modules that only servers need."""
_TABLES = ("operations.py", "requirements.py", "scopes.py")

_SELECTING = ("length", "list", "map", "rejectattr", "selectattr", "sum")
"""The Jinja filters that templates may use: they select and count, and do not quote."""
_PYTHON_FILTERS = {
    "py": quoted_text.literal,
    "docstring": quoted_text.docstring,
    "signature": python_text.signature,
    "call": python_text.call,
    "operation_docstring": python_text.operation_docstring,
    "packed": python_text.packed,
    "heading": python_text.heading,
    "body_arguments": python_text.body_arguments,
    "parameter_expression": python_text.parameter_expression,
}
_MARKDOWN_FILTERS = {
    "anchor": markdown_text.anchor,
    "call": reference_tables.call,
    "cell": markdown_text.cell,
    "code": markdown_text.code_span,
    "fenced": markdown_text.fenced,
    "prose": markdown_text.prose,
    "sentence": markdown_text.sentence,
    "sub_scope_table": reference_tables.sub_scope_table,
    "table": reference_tables.operation_table,
    "users": reference_tables.users,
}


def folder_of(release: str, base: str) -> PurePosixPath:
    """Returns the folder of the package that holds the code of a release."""
    return PACKAGE if release == base else PACKAGE / f"r{release.replace('.', '_')}"


def render(plans: Sequence[Plan]) -> dict[PurePosixPath, str]:
    """Returns every file except models and bundles, not yet formatted. The plan of the base comes first."""
    base, newest = plans[0], plans[-1]
    printer = _Printer()
    files = {PACKAGE / name: printer.print(name) for name in _SHARED}
    files |= {PACKAGE / "server" / name: printer.print(f"server/{name}", **_schemes(plans)) for name in _RUNTIME}
    packages = [(plan.release, _package(plan, base)) for plan in plans]
    files[PACKAGE / "releases.py"] = printer.print("releases.py", plan=base, releases=packages)
    files[PACKAGE / "py.typed"] = ""
    for before, plan in zip([None, *plans], plans, strict=False):
        folder = folder_of(plan.release, base.release)
        files |= printer.tables(plan, before, base)
        if plan in (base, newest):
            files |= printer.code(plan, folder)
        files |= printer.pages(plan, DOCS if plan is base else RELEASE_DOCS / plan.release)
    return files


def render_changes(changes: ReleaseChanges) -> str:
    """Returns the page about the changes between two releases."""
    return _Printer().print("docs/changes.md", changes=changes).strip() + "\n"


def format_python(files: dict[PurePosixPath, str]) -> dict[PurePosixPath, str]:
    """Returns the files formatted, with sorted imports and without unused ones."""
    with tempfile.TemporaryDirectory(prefix="astrbot-contract-") as folder:
        for path, text in files.items():
            if path.suffix == ".py":
                target = Path(folder, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")
        style = [f"--line-length={LINE_LENGTH}", "--target-version=py311"]
        options = ["--isolated", "--no-cache", "--quiet", *style, folder]
        executable = find_ruff_bin()
        for command in (["check", "--fix-only", "--select=I,F401,UP"], ["format"]):
            done = subprocess.run([executable, *command, *options], capture_output=True, text=True, check=False)  # noqa: S603
            if done.returncode:
                raise RuntimeError(f"ruff {command[0]} rejects the generated code: {done.stdout}{done.stderr}")
        return {
            path: Path(folder, path).read_text(encoding="utf-8") if path.suffix == ".py" else text
            for path, text in files.items()
        }


def _package(plan: Plan, base: Plan) -> str:
    """Returns the package of a release, relative to the package of the base."""
    return "" if plan is base else f".{folder_of(plan.release, base.release).name}"


def _schemes(plans: Sequence[Plan]) -> dict[str, Any]:
    """Returns the security schemes of all releases and their imports; a later scheme replaces one of the same name."""
    schemes = {scheme.name: scheme for plan in plans for scheme in plan.schemes}.values()
    readers = sorted({reader for scheme in schemes for reader in scheme.imports}) or [python("HTTPBearer")]
    return {"schemes": list(schemes), "readers": joined(python(", "), readers)}


def environment(kind: type[quoted_text.PythonText | quoted_text.MarkdownText]) -> jinja2.Environment:
    """Returns an environment whose templates print one kind of text; any other value raises UnquotedText."""
    result = jinja2.Environment(
        loader=jinja2.PackageLoader("astrbot_generator"),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is not HTML; `finalize` accepts only text that was quoted for this kind
        finalize=quoted_text.finalizer(kind),
    )
    result.filters = {name: result.filters[name] for name in _SELECTING}
    result.filters |= _PYTHON_FILTERS if kind is quoted_text.PythonText else _MARKDOWN_FILTERS
    return result


class _Printer:
    """Prints templates: those in `docs/` as pages, all others as code."""

    def __init__(self) -> None:
        self._code, self._pages = environment(quoted_text.PythonText), environment(quoted_text.MarkdownText)

    def print(self, name: str, **given: Any) -> str:
        """Returns the text of one file."""
        kind = self._pages if name.startswith(f"{DOCS}/") else self._code
        return kind.get_template(f"{name}.jinja").render(given)

    def tables(self, plan: Plan, before: Plan | None, base: Plan) -> dict[PurePosixPath, str]:
        """Returns the tables that every release has: operations, scopes and requirements."""
        folder, own = folder_of(plan.release, base.release), (plan.scopes, plan.closed_scopes)
        above = _above(folder)
        package = folder_of(before.release, base.release) if before else PACKAGE
        given = {
            "plan": plan,
            "above": above,
            "previous": joined(python(""), [above, *(python("{}.", Identifier(part)) for part in package.parts[1:])]),
            "table": OperationTable(plan, before),
            "requirements": requirement_table(plan, before),
            "same_scopes": before is not None and own == (before.scopes, before.closed_scopes),
        }
        files = {folder / name: self.print(name, **given) for name in _TABLES}
        about = plan.title if folder == PACKAGE else f"{plan.title} {plan.release}"
        files[folder / "__init__.py"] = self.print("__init__.py", about=about)
        return files

    def code(self, plan: Plan, folder: PurePosixPath) -> dict[PurePosixPath, str]:
        """Returns the code that only the base and the newest release have: compiled schemas and a server."""
        files = {folder / "validation.py": self.print("validation.py", plan=plan, above=_above(folder))}
        above = _above(folder / "server")
        runtime = python(".") if folder == PACKAGE else python("{}server.", above)
        given = {"plan": plan, "above": above, "runtime": runtime}
        files[folder / "server" / "__init__.py"] = self.print("server/__init__.py", **given)
        for service in plan.services:
            text = self.print("server/service.py", service=service, **given)
            files[folder / "server" / f"{service.module}.py"] = text
        return files

    def pages(self, plan: Plan, folder: PurePosixPath) -> dict[PurePosixPath, str]:
        """Returns the scope reference in each language; nothing if the contract has no scopes."""
        files = {}
        for language, words in (("en", ENGLISH), ("zh", CHINESE)) if plan.has_scopes else ():
            text = self.print("docs/scopes.md", plan=plan, words=words, language=language)
            files[folder / words.file] = text.strip() + "\n"
        return files


def _above(folder: PurePosixPath) -> PythonText:
    """Returns the relative import prefix from a folder to the package of the base."""
    return joined(python(""), [python(".")] * len(folder.parts))

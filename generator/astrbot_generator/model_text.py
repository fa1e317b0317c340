"""Rewrites the module that datamodel-code-generator writes, before the text of the contract is put into it.

- An absent member reads as None: `str | MISSING = MISSING` becomes `str | None = None`. If the schema also allows null,
  the type is `Nullable[str]`.
- A required member with only one possible value gets this value as its default, so a constructor call can omit it.
- A class that keeps members which it does not name says so.
- A member whose type is a class of `RootModel` gets the type inside it: a chain is a list, not an object with a `root`.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection
from typing import TypeGuard

_LARGEST = 60
"""The most nodes of a type that is put in place of its class; a larger type is only written once."""
_NULL = ast.Constant(None)


def rewritten(module: str, open_classes: Collection[str] = ()) -> str:
    """Returns the module with other annotations and defaults; all other lines are unchanged.

    open_classes: the names of the classes that keep members which they do not name.
    """
    lines = module.splitlines()
    classes = [node for node in ast.parse(module).body if isinstance(node, ast.ClassDef)]
    types = _Types(classes)
    changed: list[tuple[int, int, str]] = []
    for owner in classes:
        if _is_root_model(owner):
            owner.bases = [_flat(types.visit(base)) for base in owner.bases]
            changed.append((owner.lineno, owner.lineno, f"class {owner.name}({ast.unparse(owner.bases[0])}):"))
        elif owner.name in open_classes and not _has_configuration(owner):
            line = owner.body[0].lineno + isinstance(owner.body[0], ast.Expr)
            changed.append((line, line - 1, '    model_config = ConfigDict(extra="allow")'))
        for field in [field for field in owner.body if isinstance(field, ast.AnnAssign)]:
            field.annotation = _flat(types.visit(field.annotation))
            if _is_root_model(owner):
                types.remember(owner.name, field.annotation)
            else:
                _set_default(field, types)
            changed.append((field.lineno, field.end_lineno or field.lineno, f"    {ast.unparse(field)}"))
    for first, last, text in reversed(changed):
        lines[first - 1 : last] = [text]
    return "\n".join(lines) + "\n"


class _Types(ast.NodeTransformer):
    """The types inside the `RootModel` classes of a module; puts each in place of the name of its class."""

    def __init__(self, classes: list[ast.ClassDef]) -> None:
        self._roots = {owner.name: owner.body[-1] for owner in classes if _is_root_model(owner)}
        self._inside: dict[str, ast.expr] = {}

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Returns the type that a name refers to."""
        return copy.deepcopy(self._inside.get(node.id, node))

    def remember(self, name: str, annotation: ast.expr) -> None:
        """Stores the type inside a class; not if it is large or names a class that is defined later, in quotes."""
        if len(list(ast.walk(annotation))) <= _LARGEST and not _has_quoted_name(annotation):
            self._inside[name] = _undescribed(copy.deepcopy(annotation))

    def allow_null(self, parts: list[ast.expr], seen: frozenset[str] = frozenset()) -> bool:
        """Returns whether a union of types accepts null, itself or through a class that is named in it."""
        for part in parts:
            name = part.value if isinstance(part, ast.Constant) else ast.unparse(part)
            if name in (None, "None", "Any"):
                return True
            root = self._roots.get(str(name))
            if isinstance(root, ast.AnnAssign) and name not in seen:
                core, _ = _unwrapped(root.annotation)
                if self.allow_null(_parts(core), seen | {str(name)}):
                    return True
        return False


def _set_default(field: ast.AnnAssign, types: _Types) -> None:
    """Writes the absent value, or the only possible one, as the default of a member."""
    core, details = _unwrapped(field.annotation)
    parts = _parts(core)
    typed = [part for part in parts if ast.unparse(part) != "MISSING"]
    if len(typed) < len(parts):
        core, field.value = _optional(typed, nullable=types.allow_null(typed)), _NULL
    elif field.value is not None and _only_choice(core) is not None:
        core = _union([core, _NULL])  # otherwise it would look like a required member
    elif field.value is None:
        field.value = _only_choice(core)
    field.annotation = _annotated(core, details)


def _optional(parts: list[ast.expr], *, nullable: bool) -> ast.expr:
    """Returns the type of an optional member; if its schema allows null, the type says so."""
    typed = [part for part in parts if not _is_null(part)]
    if not nullable:
        return _union([*typed, _NULL])
    if [ast.unparse(part) for part in typed] == ["Any"]:
        return typed[0]
    return ast.Subscript(ast.Name("Nullable"), _union(typed or [_NULL]), ast.Load())


def _only_choice(core: ast.expr) -> ast.expr | None:
    """Returns the only possible value of a type: the text of a literal, or null; None if there are more."""
    if _is_null(core):
        return _NULL
    return core.slice if _is_literal(core) and isinstance(core.slice, ast.Constant) else None


def _flat(annotation: ast.expr) -> ast.expr:
    """Returns an annotation without unions inside unions, and without annotations directly inside annotations."""
    flat: ast.expr = _Flat().visit(annotation)
    return flat


class _Flat(ast.NodeTransformer):
    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        return _union(_parts(node))

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        if ast.unparse(node.value) in ("Union", "Optional"):
            return _union(_parts(node))
        core, details = _unwrapped(node)
        inner, more = _unwrapped(core)
        return _annotated(inner, [*more, *details]) if details and more else node


def _parts(union: ast.expr) -> list[ast.expr]:
    """Returns the types of a union in any spelling; a type that is none is its only part."""
    if isinstance(union, ast.BinOp):
        return [*_parts(union.left), *_parts(union.right)]
    if isinstance(union, ast.Subscript) and ast.unparse(union.value) in ("Union", "Optional"):
        inner = union.slice.elts if isinstance(union.slice, ast.Tuple) else [union.slice]
        more = [_NULL] if ast.unparse(union.value) == "Optional" else []
        return [part for item in [*inner, *more] for part in _parts(item)]
    return [union]


def _union(parts: list[ast.expr]) -> ast.expr:
    """Returns the union of types, each once; `Union[…]` if a type is in quotes, which have no operator `|`."""
    unique = list({ast.dump(part): part for part in parts}.values())
    unique = [part for part in unique if not _is_null(part)] + ([_NULL] if any(map(_is_null, unique)) else [])
    if len(unique) == 1:
        return unique[0]
    if any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in unique):
        return ast.Subscript(ast.Name("Union"), ast.Tuple(unique, ast.Load()), ast.Load())
    union = unique[0]
    for part in unique[1:]:
        union = ast.BinOp(union, ast.BitOr(), part)
    return union


def _is_null(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and part.value is None


def _unwrapped(annotation: ast.expr) -> tuple[ast.expr, list[ast.expr]]:
    """Returns X and what follows it in `Annotated[X, …]`; nothing follows in any other annotation."""
    if isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "Annotated":
        core, *details = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        return core, details
    return annotation, []


def _annotated(core: ast.expr, details: list[ast.expr]) -> ast.expr:
    if not details:
        return core
    return ast.Subscript(ast.Name("Annotated"), ast.Tuple([core, *details], ast.Load()), ast.Load())


def _undescribed(annotation: ast.expr) -> ast.expr:
    """Returns `Annotated[X, Field(description=…, …)]` without the description."""
    core, details = _unwrapped(annotation)
    for detail in details:
        if isinstance(detail, ast.Call):
            detail.keywords = [keyword for keyword in detail.keywords if keyword.arg != "description"]
    return _annotated(core, [detail for detail in details if not isinstance(detail, ast.Call) or detail.keywords])


def _has_configuration(owner: ast.ClassDef) -> bool:
    return any(isinstance(node, ast.Assign) for node in owner.body)


def _is_root_model(owner: ast.ClassDef) -> bool:
    return isinstance(owner.bases[0], ast.Subscript)


def _is_literal(node: ast.AST) -> TypeGuard[ast.Subscript]:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"


def _has_quoted_name(annotation: ast.expr) -> bool:
    """Returns whether an annotation names a class in quotes; the texts of literals and of `Field` are no names."""
    waiting: list[ast.AST] = [annotation]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return True
        if not _is_literal(node) and not isinstance(node, ast.Call):
            waiting.extend(ast.iter_child_nodes(node))
    return False

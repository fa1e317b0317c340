"""The expression of `-k`: parts of names, combined with `and`, `or`, `not` and parentheses, as in pytest."""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

TOKEN = re.compile(r"\s*(?:(?P<operator>[()]|\b(?:and|or|not)\b(?![\w:+\-.\[\]\\/]))|(?P<part>[\w:+\-.\[\]\\/]+)|$)")
MOST_TOKENS = 1000
MOST_NESTED = 100  # each level takes a level of Python's stack


class InvalidExpressionError(Exception):
    """The text is not an expression of names."""


@dataclass(frozen=True, slots=True)
class NameFilter:
    """A parsed expression. It can be sent to another process.

    tree: the expression with a number in place of each part of a name. parts: by number, in lower case.
    """

    tree: ast.expr
    parts: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> "NameFilter":
        """Parse an expression. Raises InvalidExpressionError."""
        tokens, parts, position = list[str](), list[str](), 0
        while text[position:].strip():
            token = TOKEN.match(text, position)
            if token is None or len(tokens) == MOST_TOKENS:
                raise InvalidExpressionError
            position = token.end()
            if part := token["part"]:
                tokens.append(str(len(parts)))
                parts.append(part.lower())
            else:
                tokens.append(token["operator"])
        if tokens.count("not") + tokens.count("(") > MOST_NESTED:
            raise InvalidExpressionError
        try:
            parsed = cls(ast.parse(" ".join(tokens), mode="eval").body, tuple(parts))
            parsed.matches(())
        except SyntaxError:
            raise InvalidExpressionError from None
        return parsed

    def matches(self, names: Sequence[str]) -> bool:
        """Whether the expression holds. A part holds if some name contains it, in any letter case."""
        lower = [name.lower() for name in names]
        return self._holds(self.tree, [any(part in name for name in lower) for part in self.parts])

    def _holds(self, node: ast.expr, is_contained: Sequence[bool]) -> bool:
        match node:
            case ast.Constant(int(number)):
                return is_contained[number]
            case ast.UnaryOp(ast.Not(), operand):
                return not self._holds(operand, is_contained)
            case ast.BoolOp(operator, values):
                results = [self._holds(value, is_contained) for value in values]
                return all(results) if isinstance(operator, ast.And) else any(results)
        raise InvalidExpressionError

"""The scopes of AstrBot HTTP API 4.28.2: what each means and what follows from it. Generated; do not edit."""

from ..r4_27_4.scopes import CLOSED_SCOPES, IMPLIES, MEANINGS, SCOPES, SUB_SCOPES, Scope, closure, sufficient
from ..vocabulary import Meaning

__all__ = [
    "CLOSED_SCOPES",
    "IMPLIES",
    "MEANINGS",
    "SCOPES",
    "SUB_SCOPES",
    "Meaning",
    "Scope",
    "closure",
    "sufficient",
]

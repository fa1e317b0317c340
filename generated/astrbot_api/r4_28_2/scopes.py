"""The scopes of AstrBot HTTP API 4.28.2: their meanings and implications. Generated; do not edit."""

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

"""The scopes of AstrBot HTTP API 4.29.3: their meanings and implications. Generated; do not edit."""

from ..r4_29_1.scopes import CLOSED_SCOPES, IMPLIES, MEANINGS, SCOPES, SUB_SCOPES, Scope, closure, sufficient
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

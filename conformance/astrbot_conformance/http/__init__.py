"""Requests, responses, and their transport. The other packages import the common names from here."""

from astrbot_conformance.http.connection import LEVELS, Effects, TargetOptions
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.identifiers import usable_id
from astrbot_conformance.http.key import Key, KeyHeader, Presented
from astrbot_conformance.http.request import NONE, UNKNOWN_ID, HttpRequest, asking, harmless, with_file, with_text
from astrbot_conformance.http.response import NOT_JSON, HttpResponse
from astrbot_conformance.http.target import NOT_SERVED, Target

__all__ = [
    "LEVELS",
    "NONE",
    "NOT_JSON",
    "NOT_SERVED",
    "UNKNOWN_ID",
    "CredentialState",
    "Effects",
    "HttpRequest",
    "HttpResponse",
    "Key",
    "KeyHeader",
    "Presented",
    "Target",
    "TargetOptions",
    "asking",
    "harmless",
    "usable_id",
    "with_file",
    "with_text",
]

"""The stubs of the newest release, named here only: what moves when a newer one comes."""

from astrbot_api.r4_29_1 import models, server

__all__ = ["models", "server"]

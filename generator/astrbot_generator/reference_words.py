"""The words of the scope reference in its two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    file: str
    title: str
    intro: str
    scope: str
    meaning: str
    implies: str
    operations: str
    follows: str
    operation: str
    summary: str
    effect: str
    effects: Mapping[str, str]
    none: str
    closed: str
    closed_intro: str
    public: str
    rest: str
    beside: str
    stop: str
    when: str


ENGLISH = Words(
    file="scopes.md",
    title="Scopes",
    intro=(
        "What a developer key may do: each operation asks for exactly one scope. Generated from the contract; do not "
        "edit. [中文](scopes.zh.md)"
    ),
    scope="Scope",
    meaning="Meaning",
    implies="Gives also",
    operations="Operations",
    follows="It also gives",
    operation="Operation",
    summary="What it does",
    effect="Effect",
    effects={
        "read": "reads",
        "write": "creates or changes",
        "destructive": "removes or overwrites",
        "external": "leaves the machine or runs a model",
    },
    none="No operations.",
    closed="Closed areas",
    closed_intro="No developer key enters these, whatever its scopes.",
    public="Open to everybody",
    rest="Without a scope",
    beside="Opens nothing by itself and is in no default; it is granted only beside",
    stop=".",
    when="When it is needed",
)

CHINESE = Words(
    file="scopes.zh.md",
    title="权限范围（scope）",
    intro="开发者密钥可以做什么：每个操作恰好要求一个 scope。本页由契约生成，请勿手工修改。[English](scopes.md)",
    scope="Scope",
    meaning="含义",
    implies="同时包含",
    operations="操作数",
    follows="同时包含",
    operation="操作",
    summary="说明（英文）",
    effect="影响",
    effects={
        "read": "读取",
        "write": "创建或修改",
        "destructive": "删除或覆盖",
        "external": "访问外部服务或运行模型",
    },
    none="没有操作。",
    closed="不开放的区域",
    closed_intro="任何开发者密钥都不能进入这些区域，无论它拥有哪些 scope。",
    public="无需凭据",
    rest="不要求 scope",
    beside="本身不开放任何操作，也不在默认 scope 之内；只能与以下 scope 一同授予：",
    stop="。",
    when="何时需要（英文）",
)

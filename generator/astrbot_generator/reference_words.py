"""The words of the scope reference in its two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from astrbot_generator.quoted_text import MarkdownText, markdown


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    file: str
    title: MarkdownText
    intro: MarkdownText
    scope: MarkdownText
    meaning: MarkdownText
    implies: MarkdownText
    operations: MarkdownText
    follows: MarkdownText
    operation: MarkdownText
    summary: MarkdownText
    effect: MarkdownText
    effects: Mapping[str, MarkdownText]
    none: MarkdownText
    closed: MarkdownText
    closed_intro: MarkdownText
    public: MarkdownText
    rest: MarkdownText
    beside: MarkdownText
    stop: MarkdownText
    when: MarkdownText


ENGLISH = Words(
    file="scopes.md",
    title=markdown("Scopes"),
    intro=markdown(
        "What a developer key may do: each operation requires exactly one scope. Generated from the contract; do not "
        "edit. [中文](scopes.zh.md)"
    ),
    scope=markdown("Scope"),
    meaning=markdown("Meaning"),
    implies=markdown("Also grants"),
    operations=markdown("Operations"),
    follows=markdown("It also grants"),
    operation=markdown("Operation"),
    summary=markdown("What it does"),
    effect=markdown("Effect"),
    effects={
        "read": markdown("reads"),
        "write": markdown("creates or changes"),
        "destructive": markdown("removes or overwrites"),
        "external": markdown("calls an external service or runs a model"),
    },
    none=markdown("No operations."),
    closed=markdown("Closed areas"),
    closed_intro=markdown("No developer key has access to these, regardless of its scopes."),
    public=markdown("Public"),
    rest=markdown("Without a scope"),
    beside=markdown(
        "It gives access to nothing by itself and is never granted by default. It is granted only together with"
    ),
    stop=markdown("."),
    when=markdown("When it is needed"),
)

CHINESE = Words(
    file="scopes.zh.md",
    title=markdown("权限范围（scope）"),
    intro=markdown(
        "开发者密钥可以做什么：每个操作恰好要求一个 scope。本页由契约生成，请勿手工修改。[English](scopes.md)"
    ),
    scope=markdown("Scope"),
    meaning=markdown("含义"),
    implies=markdown("同时包含"),
    operations=markdown("操作数"),
    follows=markdown("同时包含"),
    operation=markdown("操作"),
    summary=markdown("说明（英文）"),
    effect=markdown("影响"),
    effects={
        "read": markdown("读取"),
        "write": markdown("创建或修改"),
        "destructive": markdown("删除或覆盖"),
        "external": markdown("访问外部服务或运行模型"),
    },
    none=markdown("没有操作。"),
    closed=markdown("不开放的区域"),
    closed_intro=markdown("任何开发者密钥都不能进入这些区域，无论它拥有哪些 scope。"),
    public=markdown("无需凭据"),
    rest=markdown("不要求 scope"),
    beside=markdown("本身不开放任何操作，也不在默认 scope 之内；只能与以下 scope 一同授予："),
    stop=markdown("。"),
    when=markdown("何时需要（英文）"),
)

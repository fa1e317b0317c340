"""The texts that lead to the dialog that creates keys, in English and in Chinese."""

import re


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


LANGUAGE_NAMES = {"en": _words("english"), "zh": _words("简体中文|^\\W*中文\\W*$|chinese")}
LANGUAGE_MENU = _words("language|语言|翻译")
LOG_IN = _words(r"log\s*in|sign\s*in|登录|登入")
NEW_KEY = _words(r"(create|new|add|generate)\b.*(api|key)|(创建|新建|添加|新增|生成).*(api|key|密钥)")
NEW = _words(r"^\W*(create|generate|add|save|submit|创建|生成|新建|添加|保存|提交)")
# The most exact first: they are clicked until the scopes are visible.
WAYS = (
    NEW_KEY,
    _words(r"open\s*api|api[\s-]*keys?|access\s*keys?|developer|api\s*密钥|访问密钥|开放接口|开发者"),
    _words(r"settings|preferences|设置"),
    _words(r"menu|more|account|profile|菜单|更多|账户|账号"),
)
NAME_OF_KEY = _words(r"name|label|名称|名字|备注")
AGREE = _words(r"^\W*(confirm|ok|okay|yes|continue|create|agree|确认|确定|是|继续|创建)\W*$")
CLOSE = _words(r"^\W*(close|dismiss|later|skip|got it|关闭|知道了|稍后|跳过|我知道了)\W*$")

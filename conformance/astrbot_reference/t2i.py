"""Templates that render text as images."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json

from .answers import ok
from .auth import Caller
from .bodies import given
from .context import Context, Service
from .refusal import Refusal
from .stores.profile_store import DEFAULT
from .stores.store import JsonObject
from .template_check import BadTemplate, check_template
from .threads import elsewhere

KIND = "t2i_template"
BASE = "base"
BASE_TEXT = "<!doctype html><main>{{ text }}</main>"
ACTIVE = "t2i_active_template"


class T2i(Service):
    """The operations of the tag `t2i`. The base template always exists. Profiles store the active template."""

    check_template = staticmethod(check_template)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        if self._store.get(KIND, BASE) is None:
            self._keep(BASE, BASE_TEXT)

    async def list_t2i_templates(self, *, caller: Caller) -> Json[models.T2iTemplateListAnswer]:
        """Every template, without its text."""
        names = sorted(template["name"] for template in self._store.all(KIND))
        return ok(models.T2iTemplateListAnswer, [{"name": name, "is_default": name == BASE} for name in names])

    async def create_t2i_template(
        self, *, caller: Caller, body: models.T2iTemplateCreation
    ) -> Json[models.T2iTemplateNameAnswer]:
        """Create a template. Raises Refusal if the name is taken or a path, or if the template is not safe."""
        fields = given(body)
        await self._check(fields["content"])
        name = usable(fields["name"])
        if self._store.get(KIND, name) is not None:
            raise Refusal(f"Template {name} already exists", 409)
        self._keep(name, fields["content"])
        return ok(models.T2iTemplateNameAnswer, {"name": name}, "Created")

    async def get_t2i_template(self, *, caller: Caller, name: str) -> Json[models.T2iTemplateAnswer]:
        """A template with its text. Raises Refusal if the name is unknown."""
        return ok(models.T2iTemplateAnswer, self._find(name))

    async def replace_t2i_template(
        self, *, caller: Caller, name: str, body: models.T2iTemplateText
    ) -> Json[models.T2iTemplateNameAnswer]:
        """Replace or create a template. Raises Refusal if the name is a path, or if the template is not safe."""
        content = given(body)["content"]
        await self._check(content)
        self._keep(usable(name), content)
        return ok(models.T2iTemplateNameAnswer, {"name": name}, "Saved")

    async def delete_t2i_template(self, *, caller: Caller, name: str) -> Json[models.Done]:
        """Delete a template; base replaces it where it is active. Raises Refusal for base and for unknown names."""
        self._find(name)
        if name == BASE:
            raise Refusal("The base template cannot be deleted")
        self._store.remove(KIND, name)
        for profile in self._profiles.all():
            if profile["config"][ACTIVE] == name:
                self._profiles.change(profile["id"], {ACTIVE: BASE})
        return ok(models.Done, {}, "Deleted")

    async def get_active_t2i_template(self, *, caller: Caller) -> Json[models.ActiveT2iTemplateAnswer]:
        """The template that the default profile uses."""
        return ok(models.ActiveT2iTemplateAnswer, {"active_template": self._profiles.find(DEFAULT)["config"][ACTIVE]})

    async def set_active_t2i_template(self, *, caller: Caller, body: models.T2iTemplateChoice) -> Json[models.Done]:
        """Make a template active in every profile. Raises Refusal if the name is unknown."""
        self._use(self._find(given(body)["name"])["name"])
        return ok(models.Done, {}, "Saved")

    async def reset_default_t2i_template(self, *, caller: Caller) -> Json[models.Done]:
        """Restore the base template, and make it active in every profile."""
        self._keep(BASE, BASE_TEXT)
        self._use(BASE)
        return ok(models.Done, {}, "Reset")

    async def _check(self, content: str) -> None:
        try:
            await elsewhere(self.check_template, content)
        except BadTemplate as error:
            raise Refusal(str(error)) from error

    def _find(self, name: str) -> JsonObject:
        return self._store.find(KIND, usable(name), f"Template {name} not found", 404)

    def _keep(self, name: str, content: str) -> None:
        self._store.put(KIND, name, {"name": name, "content": content})

    def _use(self, name: str) -> None:
        for profile in self._profiles.all():
            self._profiles.change(profile["id"], {ACTIVE: name})


def usable(name: str) -> str:
    """The name, if it is not a path. Raises Refusal otherwise."""
    if not name or "/" in name or "\\" in name or ".." in name:
        raise Refusal("A template name must not contain slashes or double dots")
    return name

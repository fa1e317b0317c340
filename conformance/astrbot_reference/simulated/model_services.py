"""The model services of providers, simulated."""

from __future__ import annotations

from collections.abc import Iterable

from astrbot_reference.catalogue import catalogue
from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.store import JsonObject

MODELS: JsonObject = catalogue("models")
"""The embedded catalogue: `capabilities`, `kinds` of providers, `models`, `dimensions` and the `form`."""
CHAT = "chat_completion"
EMBEDDING = "embedding"


def provider_type(capability: str) -> str:
    """The name of a capability in a stored configuration."""
    return str(MODELS["capabilities"].get(capability, capability))


def form() -> JsonObject:
    """The form of a provider, as ProviderForms of the contract."""
    templates = {name: kind["template"] for name, kind in MODELS["kinds"].items()}
    return {
        "provider": {
            "type": "list",
            "description": "Providers",
            "items": MODELS["form"],
            "config_template": templates,
        }
    }


def offered(source: JsonObject) -> JsonObject:
    """The models that a source offers, as ModelList of the contract. Raises Refusal if its kind has no such list."""
    models = MODELS["kinds"].get(source.get("type"), {}).get("models")
    if models is None:
        raise Refusal(f"Cannot list the models of provider source {source['id']}")
    known = {name: MODELS["models"][name] for name in models if name in MODELS["models"]}
    return {"models": models, "provider_source_id": source["id"], "model_metadata": known}


def known_models(providers: Iterable[JsonObject]) -> JsonObject:
    """The facts of the catalogue about the models of these providers, by model."""
    models = MODELS["models"]
    used = [str(provider.get("model")) for provider in providers]
    return {name: models[name] for name in used if name in models}


def trial(provider: JsonObject) -> JsonObject:
    """Whether the model of a provider responds, as ProviderTrial of the contract: those of the catalogue do."""
    kind = MODELS["kinds"].get(provider.get("type"), {})
    model = provider.get("model") or provider.get("embedding_model") or "unknown"
    answers = model in kind.get("models", [model])
    return {
        "id": provider["id"],
        "model": model,
        "type": provider.get("provider_type") or kind.get("provider_type", CHAT),
        "name": provider["id"],
        "status": "available" if kind and answers else "unavailable",
        "error": None if kind and answers else f"Nothing answers for the model {model}",
    }


def dimension(provider: JsonObject) -> int:
    """The length of the vectors of an embedding model. Raises Refusal for other models and for unknown ones."""
    if not provider.get("type"):
        raise Refusal("type is required")
    kind = MODELS["kinds"].get(provider["type"])
    if kind is None or kind["provider_type"] != EMBEDDING:
        raise Refusal(f"Unsupported embedding provider: {provider['type']}")
    length = MODELS["dimensions"].get(provider.get("embedding_model"))
    if length is None:
        raise Refusal(f"Cannot reach the model {provider.get('embedding_model')}")
    return int(length)

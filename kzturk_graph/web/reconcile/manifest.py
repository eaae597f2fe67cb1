"""What the service says of itself, in version 0.2 and in the draft of 1.0.

https://reconciliation-api.github.io/specs/0.2/#service-manifest,
https://reconciliation-api.github.io/specs/1.0-draft/#service-manifest
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kzturk_graph import terms
from kzturk_graph.web.reconcile import limits
from kzturk_graph.web.reconcile.extend import CONTENTS

if TYPE_CHECKING:
    from kzturk_graph.web.reconcile.service import Service

ROOT, DRAFT_ROOT = "/reconcile", "/reconcile/1.0"
NAME = "Kazakhstan–Türkiye relations (kzturk)"
TYPES = ("Organization", "Person", "Event", "Treaty", "Place", "State")
"""The local names of the types offered first."""
WIDTH, HEIGHT = 440, 320
"""The size of a preview, in pixels."""
_LIMIT_HELP = "At most so many values of a thing; all where it is empty."
_CONTENT = "What the cells hold"


def manifest(service: Service, language: str, asked: str | None) -> dict[str, Any]:
    """The manifest of version 0.2; ``asked`` is a language that its addresses shall keep."""
    base = service.site.settings.address
    tail = f"&{urlencode({'lang': asked})}" if asked else ""
    flyout = f"{ROOT}/flyout/%s?id=${{id}}{tail}"
    query = f"?{tail[1:]}" if tail else ""
    return {
        "versions": ["0.2"],
        **_common(service, language),
        "identifierSpace": terms.ENTITY,
        "schemaSpace": terms.ONTOLOGY,
        "view": {"url": f"{base}/page/{{{{id}}}}"},
        "preview": {"url": f"{base}{ROOT}/preview?id={{{{id}}}}{tail}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            each: {
                "service_url": base,
                "service_path": f"{ROOT}/suggest/{each}{query}",
                "flyout_service_url": base,
                "flyout_service_path": flyout % each,
            }
            for each in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": f"{ROOT}/extend/propose{query}"},
            "property_settings": [
                {"name": "limit", "label": "Limit", "type": "number", "default": 0, "help_text": _LIMIT_HELP},
                {
                    "name": "content",
                    "label": _CONTENT,
                    "type": "select",
                    "default": "values",
                    "help_text": _help(),
                    "choices": [{"value": each, "name": each} for each in CONTENTS],
                },
            ],
        },
    }


def draft(service: Service, language: str) -> dict[str, Any]:
    """The manifest of the draft of 1.0: the addresses follow from the one it was asked at."""
    base = service.site.settings.address
    return {
        "versions": ["1.0-draft"],
        **_common(service, language),
        "lang": language,
        "standardizedScore": True,
        "view": {"url": f"{base}/page/{{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {
            "proposeProperties": True,
            "propertySettings": [
                {"id": "limit", "name": "Limit", "type": "number", "default": 0, "helpText": _LIMIT_HELP},
                {
                    "id": "content",
                    "name": _CONTENT,
                    "type": "select",
                    "default": "values",
                    "helpText": _help(),
                    "choices": [{"value": each, "name": each} for each in CONTENTS],
                },
            ],
        },
    }


def _common(service: Service, language: str) -> dict[str, Any]:
    base, vocabulary = service.site.settings.address, service.vocabulary
    first = [iri for name in TYPES for iri in sorted(vocabulary.types) if terms.local(iri) == name]
    return {
        "name": NAME,
        "documentation": f"{base}/about",
        "logo": f"{base}/static/icon.svg",
        "serviceVersion": version("kzturk-graph"),
        "defaultTypes": [vocabulary.type_in_full(each, language) for each in first],
        "batchSize": limits.BATCH,
    }


def _help() -> str:
    return "; ".join(f"{name}: {text}" for name, text in CONTENTS.items())

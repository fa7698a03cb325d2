"""`keras.json`, which Keras reads when it is imported.

https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py
"""

from __future__ import annotations

import json

from kerlint.manifests import json_places
from kerlint.manifests.places import Malformed
from kerlint.manifests.settings import Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found

KEYS = frozenset(
    {"backend", "epsilon", "floatx", "image_data_format", "image_dim_ordering", "nnx_enabled"}
)
"""What some Keras reads; a file with none of them is about something else."""


def read(text: str, places: Places, found: Found) -> None:
    """Add the entries. Raises Malformed for what Python's `json` refuses."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        if any(f'"{key}"' in text or f"'{key}'" in text for key in KEYS):
            what = f"{error.msg[:1].lower()}{error.msg[1:]}"
            raise Malformed(f"no valid JSON: {what}", error.pos) from None
        return
    except RecursionError:
        return
    members = json_places.parse(text).members()
    if not KEYS.intersection(str(key.value) for key, _ in members) or any(
        key.value in ("class_name", "config") for key, _ in members
    ):
        return
    found.entries = [
        Entry(
            str(key.value),
            value.value if value.kind == "scalar" else [],
            places.span(key.start, key.end),
            places.span(value.start, value.end),
        )
        for key, value in members
    ]

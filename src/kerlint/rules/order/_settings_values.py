"""What the rules on values of variables say of files of settings."""

from __future__ import annotations

import re

from kerlint.knowledge.backends import judge_backend, judge_switch
from kerlint.knowledge.variables import LEGACY_SWITCH
from kerlint.rules._files import found_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.manifests.settings import SettingsFile
    from kerlint.rules.base import Context, Rule

_PINS_OLD = re.compile(
    r"\bkeras(?:-gpu)?[\"']?\s*(?:[=~]=?=?|<=?)\s*[\"']?v?[012](?:\.|\b)"
    r"|\btensorflow(?:-gpu|-cpu)?[\"']?\s*(?:[=~]=?=?|<=?)\s*[\"']?(?:1\.|2\.(?:\d|1[0-5])\b)"
    r"|\btensorflow/tensorflow:(?:0|1|2\.(?:\d|1[0-5]))\b"
    r"|\btheano\b.*==",
    re.IGNORECASE,
)


def pins_old(file: SettingsFile) -> bool:
    """Whether the file itself installs a Keras before 3, whatever the project's manifests say."""
    return _PINS_OLD.search(file.text) is not None


def unknown_backends(rule: Rule, file: SettingsFile, context: Context) -> Iterator[Diagnostic]:
    """A diagnostic for every value of `KERAS_BACKEND` that no backend has."""
    target = context.target
    version = target.newest.keras
    for setting in file.settings:
        if setting.variable != "KERAS_BACKEND" or not setting.value:
            continue
        verdict = judge_backend(setting.value, target.newest)
        if verdict.kind != "unknown" or (verdict.ended and pins_old(file)):
            continue
        backends = ", ".join(f"`{name}`" for name in verdict.choices)
        shown = setting.value.encode("unicode_escape").decode()
        if verdict.ended:
            message = f"`{shown}` is no backend of Keras {version}: it ended with {verdict.ended}"
        elif verdict.begins:
            message = f"`{shown}` is no backend of Keras {version}: it came with {verdict.begins}"
        else:
            message = f"`{shown}` is no backend of Keras {version}: importing keras fails"
        help = f"the backends are {backends}"
        if verdict.nearest:
            help = f"write `{verdict.nearest}`; {help}"
        yield found_in(rule, file, setting.span, message, help=help)


def unread_switches(rule: Rule, file: SettingsFile, context: Context) -> Iterator[Diagnostic]:
    """A diagnostic for every value of the legacy switch that is ignored."""
    for setting in file.settings:
        if setting.variable != LEGACY_SWITCH or setting.value is None:
            continue
        if judge_switch(setting.value) == "ignored":
            shown = setting.value.encode("unicode_escape").decode()
            yield found_in(
                rule,
                file,
                setting.span,
                f"`{LEGACY_SWITCH}={shown}` is ignored: only `1`, `true` and `True` turn it on",
                help="write `1`, or `0` to leave it off",
            )

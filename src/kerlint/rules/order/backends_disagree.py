"""KER208 backends-disagree."""

from __future__ import annotations

from kerlint.rules.base import Trigger
from kerlint.rules.order._rule import OrderRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic, Span
    from kerlint.manifests.settings import Setting, SettingsFile
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module

VARIABLE = "KERAS_BACKEND"


class BackendsDisagree(OrderRule):
    """Two backends are chosen for the same run.

    ## What it does
    Finds a `KERAS_BACKEND` that nobody obeys, because another place chooses another backend for
    the very same run:

    - a Dockerfile, a compose file, a workflow, a recipe, a session of tox or nox, a launch of the
      editor or the like sets it for a program that it starts, and the program sets another one
      itself before anybody looks at it, be it in a module or function of its own;
    - a `.env` file sets it, and the script that loads the file sets another one;
    - two modules of one program set it one after the other, and nothing in between can have seen
      the first (where Keras is imported in between, the second is too late:
      [KER202](backend-set-after-transitive-import.md));
    - one file sets it twice for the same run, with nothing in between that could use the first.

    What is there to be overruled is left alone: a step over its job, a compose file over an image,
    a default (`os.environ.setdefault`) in code, a matrix that tries several backends, and
    `keras.json`, which is where a machine keeps its default: the variable is meant to go before it.

    ## Why is this bad?
    One of the two is ignored without a word. Who changes the wrong one wonders why nothing
    changes, or measures one backend and believes it was another.

    ## Example
    ```text
    # file: train.py
    import os

    os.environ["KERAS_BACKEND"] = "torch"

    import keras

    print(keras.backend.backend())
    # file: Dockerfile
    FROM python:3.12
    ENV KERAS_BACKEND=jax
    WORKDIR /app
    COPY . .
    CMD ["python", "train.py"]
    ```

    ## Use instead
    ```text
    # file: train.py
    import os

    os.environ.setdefault("KERAS_BACKEND", "torch")

    import keras

    print(keras.backend.backend())
    # file: Dockerfile
    FROM python:3.12
    ENV KERAS_BACKEND=jax
    WORKDIR /app
    COPY . .
    CMD ["python", "train.py"]
    ```

    ## References
    - [Configuring your backend](https://keras.io/getting_started/#configuring-your-backend)
    - [load_dotenv keeps what is set](https://github.com/theskumar/python-dotenv#getting-started)
    """

    code = "KER208"
    name = "backends-disagree"
    severity = "warning"
    trigger = Trigger(variables=(b"KERAS_BACKEND",))

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Yield where a program sets another backend than it has set before."""
        if _is_read(context):
            yield from self._after_another(module, context)
            yield from self._after_a_file(module, context)

    def _after_another(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        from kerlint.rules.order import _chain, _late

        told: set[int] = set()
        for first, last in _late.overruled(module, context, VARIABLE):
            if id(last.event) in told or last.event.node is None:
                continue
            told.add(id(last.event))
            yield self.diagnostic(
                module,
                last.event.node,
                last.event.last,
                message=f"`{VARIABLE}` is `{last.event.value}` here and "
                f"`{first.event.value}` {_chain.place(first)}, which the same program runs "
                "before: nobody sees that one",
                help="keep one of the two",
                related=tuple(_chain.of_step(first, "never obeyed")),
            )

    def _after_a_file(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        from kerlint.rules.order._choices import chosen
        from kerlint.rules.order._dotenv import loads_nearest, nearest
        from kerlint.rules.order._launches import starts_of

        if context.project is None or not loads_nearest(module):
            return
        starts = starts_of(module, context.project)
        choice = chosen(module, context, VARIABLE, starts.own())
        if choice is None or choice.module is not module:
            return
        write = choice.event
        file = nearest(module.path, context.project)
        given = [one for one in file.settings if one.variable == VARIABLE] if file else []
        if file is None or not given or not given[-1].value or given[-1].value == write.value:
            return
        from kerlint.diagnostics import Related

        yield self.diagnostic(
            module,
            write.node,
            write.last,
            message=f"`{VARIABLE}` is `{write.value}` here and `{given[-1].value}` in {file.path}, "
            "which is loaded too: what stands in the code wins",
            help="keep one of the two",
            related=(Related(file.path, given[-1].span, "never obeyed"),),
        )

    def check_settings(self, file: SettingsFile, context: Context) -> Iterator[Diagnostic]:
        """Yield settings that are overruled for certain."""
        if _is_read(context):
            yield from self._twice(file)
            yield from self._overruled(file, context)

    def _twice(self, file: SettingsFile) -> Iterator[Diagnostic]:
        from kerlint.diagnostics import Related
        from kerlint.rules._files import found_in

        before: dict[str, Setting] = {}
        for setting in file.settings:
            if setting.variable != VARIABLE or not setting.run:
                continue
            first = before.get(setting.run)
            before[setting.run] = setting
            if first is None or not (first.value and setting.value):
                continue
            if first.value != setting.value:
                yield found_in(
                    self,
                    file,
                    setting.span,
                    f"`{VARIABLE}` is set twice for the same run: "
                    f"`{setting.value}` overrules `{first.value}`",
                    help="keep one of the two",
                    related=(Related(file.path, first.span, "never obeyed"),),
                )

    def _overruled(self, file: SettingsFile, context: Context) -> Iterator[Diagnostic]:
        from kerlint.diagnostics import Related
        from kerlint.rules._files import found_in
        from kerlint.rules.order._launches import overruled

        told: set[tuple[str, Span]] = set()
        for setting, launched, choice in overruled(file, context, VARIABLE):
            module, write = choice.module, choice.event
            if (launched, setting.span) in told:
                continue
            told.add((launched, setting.span))
            place = module.span(write.node, write.last)
            started = (
                f"{launched}, which is started with it,"
                if not launched.endswith("conftest.py")
                else f"{launched}, which pytest runs first,"
            )
            itself = module.path == launched
            where = "itself" if itself else f"at `{module.path}:{place.start.line}`"
            yield found_in(
                self,
                file,
                setting.span,
                f"`{VARIABLE}={setting.value}` is not obeyed: {started} sets `{write.value}` {where}",
                help=f"keep one of the two, or let {'the script' if itself else module.path} set a "
                f'default only: `os.environ.setdefault("{VARIABLE}", "{write.value}")`',
                related=(Related(module.path, place, "overruled here"),),
            )


def _is_read(context: Context) -> bool:
    """Whether the target's Keras looks at the variable at all."""
    from kerlint.knowledge.backends import judge_backend

    return judge_backend("tensorflow", context.target.newest).kind == "known"

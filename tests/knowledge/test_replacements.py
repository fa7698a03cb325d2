"""The hand-kept tables: well-formed, true, and found by every name they stand for."""

from __future__ import annotations

import pytest

from kerlint.knowledge.api import Api
from kerlint.knowledge.replacements import (
    argument_replacement,
    member_replacement,
    replacement,
    rows,
    stub,
)
from kerlint.project.targets import Versions
from tools.date_replacements import TABLE, dated

NEWEST = Versions("3.15.1", "2.21.0", "2.21.0", "3.11")
OLD = Versions("2.15.0", "2.15.1", "2.15.0", "3.11")

TABLES = {"arguments.tsv": 4, "members.tsv": 4, "replacements.tsv": 6, "stubs.tsv": 7}
HOW_SAME = ("arguments-differ", "manual", "none", "rename", "same")


@pytest.fixture(scope="module")
def api() -> Api:
    return Api(NEWEST)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_well_formed(table: str) -> None:
    found = rows(table)
    assert found
    for row in found:
        assert len(row) == TABLES[table]
        assert row[-1].startswith("https://")
        assert all(cell == cell.strip() for cell in row)
    keys = [row[:2] if len(row) == 4 else row[:1] for row in found]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("table", ["replacements.tsv", "stubs.tsv"])
def test_rows_are_sorted(table: str) -> None:
    names = [row[0] for row in rows(table)]
    assert names == sorted(names)


@pytest.mark.parametrize("table", ["arguments.tsv", "members.tsv"])
def test_rows_are_sorted_and_the_particular_comes_first(table: str) -> None:
    words = [row[0] for row in rows(table)]
    assert words == sorted(words)
    for word, pattern, *_ in rows(table):
        later = rows(table)[[row[:2] for row in rows(table)].index((word, pattern)) + 1 :]
        if pattern == "*":
            assert all(row[0] != word for row in later)


def test_how_same_agrees_with_what_is_named() -> None:
    for old, new, same, since, note, _ in rows("replacements.tsv"):
        assert same in HOW_SAME, old
        assert bool(new) == bool(since), old
        if same in ("rename", "same", "arguments-differ"):
            assert new, old
        if same == "none":
            assert not new, old
        if same == "manual":
            assert new or note, old


def test_every_replacement_exists_at_the_newest_versions(api: Api) -> None:
    missing = [
        f"{old}: {name}"
        for old, new, *_ in rows("replacements.tsv")
        for name in new.split()
        if api.find(name).exists is not True
    ]
    assert missing == []


def test_every_replacement_exists_under_tf_keras_for_a_name_that_does_not(api: Api) -> None:
    missing = []
    for old, *_ in rows("replacements.tsv"):
        name = f"tensorflow.{old}"
        if not old.startswith("keras.") or api.find(name).exists:
            continue
        row = replacement(name)
        assert row is not None
        missing += [f"{name}: {new}" for new in row.new if api.find(new).exists is not True]
    assert missing == []


def test_no_row_is_about_a_name_that_is_there(api: Api) -> None:
    there = [old for old, *_ in rows("replacements.tsv") if api.find(old.rstrip("*.")).exists]
    assert [old for old in there if not old.endswith("*")] == []


def test_stubs_exist_at_the_versions_they_are_named_for() -> None:
    for name, axis, _, last, *_ in rows("stubs.tsv"):
        if "*" in name:
            continue
        version = last or (NEWEST.keras if axis == "keras" else NEWEST.tensorflow)
        versions = NEWEST if not last else OLD
        assert stub(name, versions) is not None, (name, version)
        assert Api(versions).find(name).exists is True, (name, version)


@pytest.mark.parametrize(
    ("name", "versions", "there"),
    [
        ("keras.optimizers.legacy.Adam", NEWEST, True),
        ("tensorflow.keras.optimizers.legacy.Adam", NEWEST, True),
        ("tf_keras.optimizers.legacy.Adam", NEWEST, False),
        ("keras.optimizers.legacy.Adam", OLD, False),
        ("keras.optimizers.Adam", NEWEST, False),
        ("keras.layers.Dense.add_metric", NEWEST, True),
        ("keras.layers.Dense.add_metric", OLD, False),
        ("keras.models.model_from_yaml", OLD, True),
        ("keras.models.model_from_yaml", NEWEST, False),
        ("keras.optimizers.legacy.Adam", Versions(None, None, None, None), False),
    ],
)
def test_stub(name: str, versions: Versions, there: bool) -> None:
    assert (stub(name, versions) is not None) is there


def test_a_stub_of_tf_keras_is_none_under_the_legacy_switch() -> None:
    assert stub("tensorflow.keras.optimizers.legacy.Adam", NEWEST, legacy=True) is None
    assert stub("tensorflow.compat.v1.keras.optimizers.legacy.Adam", NEWEST, legacy=True) is None
    assert stub("keras.optimizers.legacy.Adam", NEWEST, legacy=True) is not None


@pytest.mark.parametrize("view", ["v1", "v2"])
def test_stubs_of_the_views_of_tensorflow(view: str) -> None:
    assert stub(f"tensorflow.compat.{view}.keras.optimizers.legacy.Adam", NEWEST) is not None
    assert stub(f"tensorflow.compat.{view}.keras.optimizers.Adam", NEWEST) is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("keras.losses.mse", "use `keras.losses.mean_squared_error`"),
        (
            "keras.backend.argmax",
            "use `keras.ops.argmax` with other arguments: the default of axis is None, not -1",
        ),
        ("keras.backend.update", "`variable.assign(value)`"),
        ("keras.layers.Highway", "nothing replaces it: write it as a layer of your own"),
        (
            "tensorflow.keras.layers.CuDNNLSTM",
            "use `tf.keras.layers.LSTM` with other arguments: it uses cuDNN by itself",
        ),
        ("keras.applications.RegNetX002", "nothing replaces it: KerasHub may have the model"),
        (
            "tensorflow.contrib.seq2seq.x",
            "nothing replaces it: tf.contrib ended with TensorFlow 1.15",
        ),
        ("tensorflow.mul", "use `tensorflow.multiply`"),
        (
            "tensorflow.keras.losses.mean_squared_error",
            'use `tf.keras.losses.mse`: or the string `"mse"`',
        ),
        (
            "keras.backend.switch",
            "use `keras.ops.where` or `keras.ops.cond`: `where` chooses by element, `cond` "
            "chooses a branch",
        ),
    ],
)
def test_sentence(name: str, sentence: str) -> None:
    row = replacement(name)
    assert row is not None
    assert row.old == name
    assert row.sentence(NEWEST) == sentence


def test_a_replacement_that_comes_later_is_said_to() -> None:
    row = replacement("keras.wrappers.scikit_learn.KerasClassifier")
    assert row is not None
    assert not row.available(OLD)
    assert row.sentence(OLD).startswith("Keras 3.8.0 brings `keras.wrappers.SKLearnClassifier`")
    assert row.sentence(Versions("3.8.0", None, None, None)).startswith("use ")


@pytest.mark.parametrize("name", ["keras.layers.Dense", "keras.nothing", "numpy.array", "keras"])
def test_no_replacement(name: str) -> None:
    assert replacement(name) is None


@pytest.mark.parametrize(
    ("callable", "keyword", "advice"),
    [
        ("keras.optimizers.Adam", "lr", "write `learning_rate=`"),
        ("tensorflow.keras.optimizers.SGD", "lr", "write `learning_rate=`"),
        ("keras.optimizers.legacy.SGD", "lr", "write `learning_rate=`"),
        ("keras.layers.Dense", "output_dim", "write `units=`"),
        ("keras.layers.convolutional.Convolution2D", "border_mode", "write `padding=`"),
        ("keras.layers.MaxPooling2D", "border_mode", "write `padding=`"),
        ("keras.layers.Conv2D", "nb_filter", "write `filters=`"),
        ("keras.layers.Dense", "init", "write `kernel_initializer=`"),
        ("keras.layers.Embedding", "init", "write `embeddings_initializer=`"),
        ("keras.layers.PReLU", "init", "write `alpha_initializer=`"),
        ("keras.layers.SpatialDropout2D", "p", "write `rate=`"),
        ("keras.Input", "batch_input_shape", "write `batch_shape=`"),
        (
            "keras.layers.Dense",
            "batch_input_shape",
            "put `keras.Input(batch_shape=...)` before the layer",
        ),
        ("keras.Model.fit", "nb_epoch", "write `epochs=`"),
        ("keras.models.Sequential.fit", "nb_epoch", "write `epochs=`"),
        ("keras.utils.to_categorical", "nb_classes", "write `num_classes=`"),
        ("keras.datasets.imdb.load_data", "nb_words", "write `num_words=`"),
        ("keras.layers.Dense", "nb_epoch", None),
        ("keras.layers.Dense", "units", None),
        ("keras.layers.Dense", "nonsense", None),
    ],
)
def test_argument_replacement(callable: str, keyword: str, advice: str | None) -> None:
    assert argument_replacement(callable, keyword) == advice


@pytest.mark.parametrize(
    ("member", "owner", "advice"),
    [
        ("fit_generator", "", "use `fit`, which takes generators"),
        ("fit_generator", "keras.Sequential", "use `fit`, which takes generators"),
        ("reset_states", "keras.Model", "call `reset_state` of the layers that have one"),
        ("reset_states", "keras.metrics.Mean", "use `reset_state` of the metric or layer"),
        ("reset_states", "", "use `reset_state` of the metric or layer"),
        ("weights", "keras.optimizers.Adam", "use `variables`"),
        ("weights", "", None),
        ("nonsense", "keras.Model", None),
    ],
)
def test_member_replacement(member: str, owner: str, advice: str | None) -> None:
    assert member_replacement(member, owner) == advice


def test_arguments_that_are_said_to_be_written_are_accepted(api: Api) -> None:
    """Where the table names one callable and the inventory knows its parameters."""
    checked = 0
    for keyword, pattern, advice, _ in rows("arguments.tsv"):
        if "*" in pattern or not advice.startswith("write `") or "." in pattern:
            continue
        signature = api.signature(f"keras.layers.{pattern}")
        if signature is None:
            continue
        names = {parameter.name for parameter in signature.parameters}
        checked += 1
        assert advice.partition("`")[2].partition("=")[0] in names, (keyword, pattern)
    assert checked > 20


def test_replacements_are_dated_by_the_inventory() -> None:
    """If this fails, run `python -m tools.date_replacements`."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert dated(lines) == lines


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("tensorflow.compat.v1.estimator", ()),
        ("tensorflow.compat.v1.layers.conv2d", ("tensorflow.keras.layers.Conv2D",)),
        ("tensorflow.compat.v1.keras.layers.CuDNNLSTM", ("tensorflow.keras.layers.LSTM",)),
        ("tensorflow.compat.v2.keras.layers.CuDNNLSTM", ("tensorflow.keras.layers.LSTM",)),
        ("tensorflow.metrics.mean_absolute_error", ("tensorflow.keras.metrics.mae",)),
        ("tensorflow.losses.cosine", ("tensorflow.keras.losses.cosine_similarity",)),
    ],
)
def test_other_views_of_the_same_names(name: str, new: tuple[str, ...]) -> None:
    row = replacement(name)
    assert row is not None
    assert row.new == new


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("tensorflow.log", "tensorflow.math.log"),
        ("tensorflow.Session", "tensorflow.compat.v1.Session"),
        ("tensorflow.scatter_update", "tensorflow.compat.v1.scatter_update"),
        ("tensorflow.image.resize_images", "tensorflow.compat.v1.image.resize_images"),
        ("tensorflow.reduce_variance", "tensorflow.math.reduce_variance"),
        ("keras.layers.core.Dense", "keras.layers.Dense"),
    ],
)
def test_where_else_a_name_is_found(api: Api, name: str, first: str) -> None:
    assert api.elsewhere(name)[0] == first


def test_another_function_of_the_same_name_is_not_offered(api: Api) -> None:
    for name in ("conv3d_transpose", "dropout", "batch_normalization"):
        places = api.elsewhere(f"tensorflow.layers.{name}")
        assert not any(place.startswith("tensorflow.nn.") for place in places), places

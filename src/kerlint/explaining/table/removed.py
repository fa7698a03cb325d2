"""Names, modules, arguments and methods that are gone."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="module-of-keras-gone",
        kind="cause",
        has="ModuleNotFoundError: No module named '",
        pattern=r"No module named '(?P<module>(?:keras|tf_keras|tensorflow\.keras|tensorflow\.contrib|tensorflow\.examples)(?:\.\w+)*)'(?! is|; ')(?<!named 'keras\.src')(?<!named 'keras')(?<!named 'tf_keras')",
        example="ModuleNotFoundError: No module named 'keras.engine'",
        says="There is no `{module}` in the installed version: moved, removed, or never public.",
        cure="`kerlint` on the file names what there is instead; most of it is in keras.layers, "
        "keras.utils and keras.models.",
        source="https://github.com/keras-team/keras/issues/18593",
        codes=("KER301",),
        stops=True,
        follows=("class-of-keras-2-file", "class-of-keras-3-file"),
    ),
    M(
        id="keras-missing",
        kind="cause",
        has="ModuleNotFoundError: No module named '",
        pattern=r"No module named '(?P<module>keras|tf_keras)'(?!;)",
        example="ModuleNotFoundError: No module named 'tf_keras'",
        says="`{module}` is not installed in the environment that runs.",
        cure="Install it (`keras`, `tf-keras`) with the pip of the same Python: python -m pip "
        "install ...",
        source="https://keras.io/getting_started/",
        codes=("KER410", "KER622"),
        stops=True,
    ),
    M(
        id="retired-package-missing",
        kind="cause",
        has="ModuleNotFoundError: No module named '",
        pattern=r"No module named '(?P<package>tensorflow_addons|keras_contrib|theano|cntk|keras_preprocessing|keras_applications|keras_nlp|keras_core)'",
        example="ModuleNotFoundError: No module named 'tensorflow_addons'",
        says="`{package}` is not installed, and its time is over: it works with no current Keras.",
        cure="`kerlint rule KER105` says what came after each of these packages.",
        source="https://github.com/tensorflow/addons/issues/2865",
        codes=("KER105",),
        stops=True,
    ),
    M(
        id="name-of-keras-gone",
        kind="cause",
        has="ImportError: cannot import name '",
        pattern=r"cannot import name '(?P<name>(?!__version__)\w+)' from '(?P<module>(?:keras|tf_keras|tensorflow\.keras)[\w.]*)'",
        example="ImportError: cannot import name 'np_utils' from 'keras.utils' "
        "(/env/lib/python3.11/site-packages/keras/utils/__init__.py)",
        says="The installed version has no `{name}` in `{module}`: moved, removed or renamed. If "
        "the path in brackets is one of your own files, that file hides the package.",
        cure="`kerlint` on the file names what there is instead.",
        source="https://github.com/keras-team/keras/issues/18363",
        codes=("KER302", "KER303", "KER104"),
        stops=True,
    ),
    M(
        id="name-of-private-keras-gone",
        kind="cause",
        has="ImportError: cannot import name '",
        pattern=r"cannot import name '\w+' from '(?P<module>tensorflow\.python\.[\w.]+)'",
        example="ImportError: cannot import name 'Adam' from 'tensorflow.python.keras.optimizers' "
        "(/env/lib/python3.11/site-packages/tensorflow/python/keras/optimizers.py)",
        says="`{module}` is private to TensorFlow and changes without notice. Where the import "
        "stands in keras itself, keras and TensorFlow are not of the same time.",
        cure="Import from `keras` or `tensorflow.keras`; install the keras that this TensorFlow "
        "requires.",
        source="https://github.com/tensorflow/tensorflow/issues/33075",
        codes=("KER103", "KER611"),
        stops=True,
    ),
    M(
        id="attribute-of-keras-gone",
        kind="cause",
        has="AttributeError: module '",
        pattern=r"AttributeError: module '(?P<module>(?:tensorflow\.keras(?:\.\w+)*|(?:keras|tf_keras)(?:\.(?!_tf_keras|api\._v2)\w+)+))' has no attribute '(?P<name>(?!__version__)\w+)'",
        example="AttributeError: module 'keras.backend' has no attribute 'set_image_dim_ordering'",
        says="The installed version has no `{name}` in `{module}`.",
        cure="`kerlint` on the file names what there is instead.",
        source="https://github.com/keras-team/keras/issues/12649",
        codes=("KER302", "KER303"),
        stops=True,
    ),
    M(
        id="tensorflow-1-name",
        kind="cause",
        has="AttributeError: module 'tensorflow' has no attribute '",
        pattern=r"has no attribute '(?P<name>(?!__version__|keras|constant|python)\w+)'",
        example="AttributeError: module 'tensorflow' has no attribute 'Session'",
        says="`tf.{name}` is not in the installed TensorFlow; most such names are of TensorFlow 1.",
        cure="`kerlint` on the file says what there is instead; tf.compat.v1.{name} keeps much of "
        "TensorFlow 1.",
        source="https://www.tensorflow.org/guide/migrate",
        codes=("KER310",),
        stops=True,
    ),
    M(
        id="legacy-optimizer",
        kind="cause",
        has="`keras.optimizers.legacy` is not supported in Keras 3",
        example="ImportError: `keras.optimizers.legacy` is not supported in Keras 3. When using "
        "`tf.keras`, to continue using a `tf.keras.optimizers.legacy` optimizer, you can install "
        "the `tf_keras` package (Keras 2) and set the environment variable "
        "`TF_USE_LEGACY_KERAS=True` to configure TensorFlow to use `tf_keras` when accessing "
        "`tf.keras`.",
        says="The legacy optimizers import in Keras 3, and raise this when they are called.",
        cure="Leave out `.legacy` and write learning_rate for lr.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/optimizers/__init__.py",
        codes=("KER304",),
        stops=True,
    ),
    M(
        id="optimizer-argument",
        kind="cause",
        has="Argument(s) not recognized: ",
        pattern=r"not recognized: \{'(?P<name>\w+)'",
        example="ValueError: Argument(s) not recognized: {'lr': 0.001}",
        says="Optimizers take no `{name}`.",
        cure="Write learning_rate for lr; for `decay` a schedule of keras.optimizers.schedules.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/optimizers/base_optimizer.py",
        codes=("KER305",),
        stops=True,
    ),
    M(
        id="layer-argument",
        kind="cause",
        has="Unrecognized keyword arguments passed to ",
        pattern=r"passed to (?P<layer>(?!DepthwiseConv)\w+): (?P<arguments>\{.*\})",
        example="ValueError: Unrecognized keyword arguments passed to Dense: {'init': 'uniform'}",
        says="`{layer}` takes no {arguments} (name and value).",
        cure="`kerlint` on the file names the argument of today (`init` is kernel_initializer).",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/layers/layer.py",
        codes=("KER305",),
        stops=True,
    ),
    M(
        id="method-of-model-gone",
        kind="cause",
        has="object has no attribute '",
        pattern=r"'(?:Sequential|Functional|Model)' object has no attribute '(?P<name>fit_generator|predict_generator|evaluate_generator|predict_classes|predict_proba|to_yaml|_get_distribution_strategy)'",
        example="AttributeError: 'Sequential' object has no attribute 'predict_classes'",
        says="Models have no `{name}` any more.",
        cure="fit, predict and evaluate take generators themselves; the class is "
        "numpy.argmax(model.predict(x), axis=-1).",
        source="https://github.com/keras-team/keras/issues/15838",
        codes=("KER306",),
        stops=True,
    ),
    M(
        id="keyword-argument-gone",
        kind="cause",
        has="got an unexpected keyword argument '",
        pattern=r"got an unexpected keyword argument '(?P<name>period|workers|use_multiprocessing|max_queue_size|nb_epoch|validation_freq|save_format|options)'",
        example="TypeError: ModelCheckpoint.__init__() got an unexpected keyword argument 'period'",
        says="`{name}` is an argument that Keras 3 does not take there.",
        cure="`kerlint` on the file says what to write; `workers` and its kin went to PyDataset, "
        "`period` became save_freq, `nb_epoch` epochs.",
        source="https://github.com/keras-team/keras/issues/18709",
        codes=("KER305",),
        stops=True,
    ),
    M(
        id="decay-is-ignored",
        kind="cause",
        has="Argument `decay` is no longer supported and will be ignored",
        example="UserWarning: Argument `decay` is no longer supported and will be ignored.",
        says="The learning rate is not decayed: the optimizer trains otherwise than it was meant to.",
        cure="Use a schedule: keras.optimizers.schedules.InverseTimeDecay.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/optimizers/base_optimizer.py",
        codes=("KER308",),
    ),
    M(
        id="tensorboard-missing",
        kind="cause",
        has="TensorBoard is not installed, missing implementation for",
        pattern=r"missing implementation for (?P<name>[\w.]+)",
        example="tensorflow.python.summary.tb_summary.TBNotInstalledError: TensorBoard is not "
        "installed, missing implementation for tf.summary.scalar",
        says="TensorFlow 2.21 no longer installs TensorBoard, and {name} needs it.",
        cure="Install tensorboard, and add it to the requirements.",
        source="https://github.com/keras-team/keras/pull/22376",
        codes=("KER410",),
        stops=True,
    ),
)

"""Which line is the cause: chains, followers, what is harmless, what is not known."""

from __future__ import annotations

from kerlint.explaining import Reader, explain, judge
from tests.explaining.told import cause, ids, named

ONEDNN = "I0000 00:00:1.2   3 port.cc:153] oneDNN custom operations are on.\n"
CUDNN = (
    "E0000 00:00:1.2   3 cuda_dnn.cc:523] Loaded runtime CuDNN library: 9.1.0 but source was compiled "
    "with: 9.3.0.\n"
)
DLOPEN = "W0000 00:00:1.2   3 gpu_device.cc:2365] Cannot dlopen some GPU libraries.\n"
HEAD = 'Traceback (most recent call last):\n  File "train.py", line 1, in <module>\n    import x\n'
BACKEND = "ValueError: Unable to import backend : theano\n"
FOLLOWER = "ImportError: Keras cannot be imported. Check that it is installed.\n"
DURING = "\nDuring handling of the above exception, another exception occurred:\n\n"


def test_nothing() -> None:
    for text in ("", "\n", "hello\n"):
        found = explain(text)
        assert found.cause is None
        assert not found.lines


def test_harmless_lines_are_counted() -> None:
    found = explain(ONEDNN * 3 + "loss: 0.5\n")
    assert found.cause is None
    assert ids(found.harmless) == ["onednn"]
    assert found.counts == {"onednn": 3}
    assert found.read == 4


def test_the_words_of_the_line_are_put_in() -> None:
    found = explain(BACKEND)
    assert found.cause is not None
    assert found.cause.says.startswith("`theano` is no backend")


def test_the_earliest_of_a_chain() -> None:
    found = explain(HEAD + BACKEND + DURING + HEAD + FOLLOWER)
    assert named(found) == "unknown-backend"
    assert ids(found.followers) == ["keras-cannot-be-imported"]


def test_a_follower_alone_is_what_there_is() -> None:
    assert cause(HEAD + FOLLOWER) == "keras-cannot-be-imported"


def test_a_follower_leads_back_to_a_line_of_the_log() -> None:
    text = ONEDNN + CUDNN + HEAD + "UnimplementedError: DNN library is not found.\n"
    found = explain(text)
    assert named(found) == "cudnn-too-old"
    assert "9.3.0" in found.cause.cure
    assert ids(found.followers) == ["dnn-library-not-found"]


def test_a_cause_that_came_twice_is_told_where_it_came_first() -> None:
    once = "A module that was compiled using NumPy 1.x cannot be run in\nNumPy 2.2.6\n"
    text = once * 2 + HEAD + "ImportError: numpy.core.umath failed to import\n"
    found = explain(text)
    assert found.cause_line is not None
    assert found.cause_line.number == 1


def test_what_ended_the_program_counts_more_than_what_came_before() -> None:
    found = explain(DLOPEN + HEAD + BACKEND)
    assert named(found) == "unknown-backend"
    assert ids(found.others) == ["cannot-dlopen-gpu-libraries"]


def test_the_last_traceback_counts() -> None:
    handled = HEAD + "ModuleNotFoundError: No module named 'jax'\n"
    assert cause(handled + "going on\n" + HEAD + BACKEND) == "unknown-backend"


def test_nothing_ended_it_and_the_gpu_is_not_used() -> None:
    assert cause(ONEDNN + DLOPEN) == "cannot-dlopen-gpu-libraries"


def test_without_a_gpu_its_absence_is_harmless() -> None:
    line = "I0000 00:00:1.2 3 cudart_stub.cc:31] Could not find cuda drivers on your machine, GPU will not be used.\n"
    assert explain(line).cause is None
    wanted = explain(line, gpu=True)
    assert wanted.cause is not None
    assert wanted.cause.id == "no-cuda-driver"


def test_an_exception_that_is_not_known_is_said() -> None:
    found = explain(ONEDNN + HEAD + "KeyError: 'x'\n")
    assert found.cause is None
    assert found.unknown is not None
    assert found.unknown.text == "KeyError: 'x'"
    assert found.unknown.number == 5


def test_a_known_one_in_its_chain_is_enough() -> None:
    found = explain(HEAD + BACKEND + DURING + HEAD + "RuntimeError: cannot start\n")
    assert found.unknown is None
    assert found.cause is not None


def test_the_programs_own_lines_are_no_messages() -> None:
    text = HEAD + '    raise ValueError(f"Unable to import backend : {backend()}")\n' + BACKEND
    found = explain(text)
    assert found.cause_line is not None
    assert found.cause_line.number == 5


def test_a_message_of_the_wrong_file_is_another() -> None:
    text = "AttributeError: 'list' object has no attribute 'get'\n"
    assert explain(HEAD + text).cause is None
    near = HEAD.replace("train.py", "/env/keras/src/backend/config.py")
    assert cause(near + text) == "keras-json-no-object"


def test_a_notebooks_traceback() -> None:
    text = (
        "---------------------------------------------------------------------------\n"
        "\x1b[0;31mValueError\x1b[0m                                Traceback (most recent call last)\n"
        "Cell \x1b[0;32mIn[1], line 1\x1b[0m\n----> 1 import keras\n\n"
        "File /env/lib/python3.11/site-packages/keras/src/backend/__init__.py:59\n"
        "     58 else:\n"
        '---> 59     raise ValueError(f"Unable to import backend : {backend()}")\n\n'
        "\x1b[0;31mValueError\x1b[0m: Unable to import backend : theano\n"
    )
    found = explain(text)
    assert found.cause_line is not None
    assert found.cause_line.number == 10
    assert found.unknown is None


def test_a_boxed_traceback() -> None:
    text = (
        "╭──────────────── Traceback (most recent call last) ────────────────╮\n"
        "│ /home/me/train.py:1 in <module>                                   │\n"
        "│ ❱ 59 │   raise ValueError(f'Unable to import backend : {x}')      │\n"
        "╰───────────────────────────────────────────────────────────────────╯\n"
        "ValueError: Unable to import backend : theano\n"
    )
    assert cause(text) == "unknown-backend"


def test_ends_of_lines_and_progress_bars() -> None:
    assert cause(BACKEND.replace("\n", "\r\n")) == "unknown-backend"
    assert cause(f"1/9 [=>...]\r2/9 [==>..]\r{BACKEND}") == "unknown-backend"
    assert cause(BACKEND.rstrip("\n")) == "unknown-backend"


def test_pieces_may_end_anywhere() -> None:
    text = ONEDNN * 2 + HEAD + BACKEND + DURING + HEAD + FOLLOWER
    for size in (1, 7, 64):
        reader = Reader()
        for start in range(0, len(text), size):
            reader.feed(text[start : start + size])
        found = judge(reader.end())
        assert found.cause_line is not None
        assert (found.cause_line.number, found.counts["onednn"]) == (6, 2)


def test_what_is_kept_is_bounded() -> None:
    reader = Reader()
    for _ in range(30):
        reader.feed((CUDNN + ONEDNN + "x\n") * 300)
    reader.feed("y" * 3_000_000)
    seen = reader.end()
    assert len(seen.lines) < 5000
    assert seen.counts["cudnn-too-old"] == 9000
    assert judge(seen).cause is not None


def test_a_follower_may_come_before_its_reason() -> None:
    text = (
        "ERROR:2025-05-28 18:06:26,600:jax._src.xla_bridge:444: Jax plugin configuration error: x\n"
        + HEAD
        + "RuntimeError: operation cuInit(0) failed: CUDA_ERROR_NO_DEVICE\n"
    )
    found = explain(text)
    assert named(found) == "cuinit-no-device"
    assert ids(found.followers) == ["jax-plugin-configuration"]
    assert found.others == []


def test_its_reason_is_not_looked_for_far_away() -> None:
    text = "Jax plugin configuration error: x\n" + "going on\n" * 100 + "CUDA_ERROR_NO_DEVICE\n"
    assert cause(text) == "jax-plugin-configuration"


def test_a_cause_that_another_one_led_to_is_no_second_fault() -> None:
    text = (
        "failed call to cuInit: CUDA_ERROR_SYSTEM_NOT_READY: system not yet initialized\n"
        + HEAD
        + "RuntimeError: Unable to initialize backend 'cuda': No visible GPU devices.\n"
    )
    found = explain(text)
    assert named(found) == "cuinit-not-ready"
    assert ids(found.followers) == ["jax-backend-not-started"]


def test_a_follower_of_what_nobody_knows_is_no_cause() -> None:
    text = (
        HEAD
        + "ImportError: dlopen: something new\n\nFailed to load the native TensorFlow runtime.\n"
    )
    found = explain(text)
    assert found.cause is None
    assert found.unknown is not None
    assert found.unknown.text == "ImportError: dlopen: something new"
    assert ids(found.followers) == ["native-runtime-failed"]


def test_the_end_of_a_traceback_alone() -> None:
    found = explain("Epoch 1/3\nkeras.errors.NewError: never seen\n")
    assert found.cause is None
    assert found.unknown is not None
    assert found.unknown.text == "keras.errors.NewError: never seen"


def test_an_error_that_the_program_went_on_after() -> None:
    assert explain("ConnectionError: try again\n" + "step\n" * 100).unknown is None
    assert explain("WARNING - retry after ConnectionError: x\n").unknown is None


def test_a_crash_without_a_reason_is_not_harmless() -> None:
    found = explain(
        ONEDNN + "F tensorflow/core/x.cc:7] Check failed: n > 0 (-1 vs. 0)\nAborted (core dumped)\n"
    )
    assert named(found) == "check-failed"
    assert "n > 0 (-1 vs. 0)" in found.cause.says
    assert ids(found.followers) == ["aborted"]
    assert cause(CUDNN + "Aborted (core dumped)\n") == "cudnn-too-old"


def test_who_has_stopped_it_has_no_error_to_explain() -> None:
    found = explain(ONEDNN + HEAD + "KeyboardInterrupt\n")
    assert (found.cause, found.unknown) == (None, None)
    assert ids(found.harmless) == ["onednn", "interrupted"]

"""A split matrix product gives what the whole one gave, and names the part that stays in 32 bits."""

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="needs the training packages: make train")

import onnxruntime  # noqa: E402
from onnx import TensorProto, helper, numpy_helper  # noqa: E402
from training.quantise import split_large  # noqa: E402


def test_large_channels_are_taken_out_and_added_again() -> None:
    rng = np.random.default_rng(1)
    weights = rng.normal(size=(64, 8)).astype(np.float32)
    node = helper.make_node("MatMul", ["x", "w"], ["y"], "down/MatMul")
    graph = helper.make_graph(
        [node],
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 64])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 8])],
        [numpy_helper.from_array(weights, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    maxima = rng.uniform(size=64).astype(np.float32)
    maxima[5] = 1000.0
    assert split_large(model, model.graph.node[0], maxima) == "down/Large"
    rest = next(numpy_helper.to_array(i) for i in model.graph.initializer if i.name == "w")
    assert not rest[5].any()
    states = rng.normal(size=(3, 64)).astype(np.float32)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    np.testing.assert_allclose(session.run(None, {"x": states})[0], states @ weights, rtol=1e-4, atol=1e-4)

"""Makes an fp32 reader 8-bit without losing the few activations that are ten times the rest.

A layer's second projection gets from GELU one or two channels so large that one scale for all of them leaves the others
hardly any steps. So the largest channels are taken out and multiplied in 32 bits, and the rest in 8 (the outlier
decomposition of Dettmers et al. 2022, "LLM.int8()", here with the channels fixed beforehand).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from mene.language.encode import Encoded, collate

SPLIT_LAYERS = (1, 3, 4, 5)
"""Layers whose second projection is split: with 8 bits alone names and sources lost 1.2 points each."""

LARGE_CHANNELS = 32
"""So many of the 1,536 channels are multiplied in 32 bits. Between 4 and 64 the scores differ by chance only."""

BATCH = 10


def quantise(plain: Path, small: Path, sentences: Sequence[Encoded]) -> None:
    """Write the fp32 model `plain` in 8 bits; `sentences` show which channels are large."""
    model = onnx.load(str(plain))
    names = [node.input[0] for node in _projections(model)]
    maxima = find_maxima(model, names, sentences)
    exact = [split_large(model, node, maxima[node.input[0]]) for node in _projections(model)]
    onnx.save(model, str(small))
    quantize_dynamic(
        small, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=exact
    )


def _projections(model: Any) -> list[Any]:
    wanted = {f"/encoder/layers.{layer}/down/MatMul" for layer in SPLIT_LAYERS}
    return [node for node in model.graph.node if node.name in wanted]


def find_maxima(model: Any, names: Sequence[str], sentences: Sequence[Encoded]) -> dict[str, NDArray[np.float32]]:
    """Return the greatest absolute value of each channel of the named activations over the sentences."""
    shown = onnx.ModelProto()
    shown.CopyFrom(model)
    shown.graph.output.extend(helper.make_tensor_value_info(n, onnx.TensorProto.FLOAT, None) for n in names)
    session = onnxruntime.InferenceSession(shown.SerializeToString(), providers=["CPUExecutionProvider"])
    maxima: dict[str, NDArray[np.float32]] = {}
    for start in range(0, len(sentences), BATCH):
        arrays = collate(sentences[start : start + BATCH])
        filled = arrays["piece_mask"].astype(bool)
        for name, values in zip(names, session.run(list(names), arrays), strict=True):
            here = np.abs(values[filled]).max(0)
            maxima[name] = np.maximum(maxima[name], here) if name in maxima else here
    return maxima


def split_large(model: Any, node: Any, maxima: NDArray[np.float32]) -> str:
    """Split the matrix product `node` into its largest channels and the rest; return the name of the large product.

    A channel is as large as its activation times its weights. The rest keeps the node's name and shape, with noughts in
    the channels taken out.
    """
    graph, stem = model.graph, node.name.removesuffix("MatMul")
    weights = next(i for i in graph.initializer if i.name == node.input[1])
    values = numpy_helper.to_array(weights)
    large = np.sort(np.argsort(-maxima * np.abs(values).max(1))[:LARGE_CHANNELS])
    mask = np.ones(len(values), np.float32)
    mask[large] = 0.0
    weights.CopyFrom(numpy_helper.from_array(values * mask[:, None], weights.name))
    for name, array in (("mask", mask), ("large", large.astype(np.int64)), ("large_weights", values[large])):
        graph.initializer.append(numpy_helper.from_array(array, stem + name))
    states, output, at = node.input[0], node.output[0], list(graph.node).index(node)
    before = (
        helper.make_node("Mul", [states, stem + "mask"], [stem + "rest"], stem + "Mask"),
        helper.make_node("Gather", [states, stem + "large"], [stem + "taken"], stem + "Take", axis=-1),
        helper.make_node("MatMul", [stem + "taken", stem + "large_weights"], [stem + "exact"], stem + "Large"),
    )
    node.input[0], node.output[0] = stem + "rest", stem + "coarse"
    graph.node.insert(at + 1, helper.make_node("Add", [stem + "coarse", stem + "exact"], [output], stem + "Sum"))
    for one in reversed(before):
        graph.node.insert(at, one)
    return stem + "Large"

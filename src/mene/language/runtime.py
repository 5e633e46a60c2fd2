"""onnxruntime, told to keep to itself; Mene imports it from here only.

Unless this variable is set before its first import, onnxruntime writes a device id and a database of events below the
user's home, and sends them to Microsoft.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

__all__ = ["onnxruntime"]

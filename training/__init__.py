"""Builds the reader model and the base rates from open corpora; never imported by the package."""

import mene.language.runtime  # noqa: F401  (before any module here imports onnxruntime itself)

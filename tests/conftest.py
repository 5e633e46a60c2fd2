"""What several test modules share: the shipped model, loaded once for the whole run."""

import pytest

from mene.pipeline import Model, load_model


@pytest.fixture(scope="session")
def model() -> Model:
    """Return the shipped model with the codebook and the gazetteer."""
    return load_model()

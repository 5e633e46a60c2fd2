"""What several test modules share: an article, a folder with it, and the shipped model, loaded once."""

from pathlib import Path

import pytest

from mene.pipeline import Model, load_model


@pytest.fixture(scope="session")
def model() -> Model:
    """Return the shipped model with the codebook and the gazetteer."""
    return load_model()


@pytest.fixture(scope="session")
def article() -> str:
    """A short report by an invented outlet: a claim, and what the other side says of it."""
    return (
        "Rebels take Hama\n\nBEIRUT, Dec 5, 2024 (Levant Wire) - Rebels took the Syrian city of Hama on Thursday, the"
        " army said. The army said that its units had left the city.\n"
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, article: str) -> Path:
    """The folder the command runs in, with that article in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MENE_STORE", raising=False)
    (tmp_path / "hama.txt").write_text(article, encoding="utf-8")
    return tmp_path

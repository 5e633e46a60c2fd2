"""What the first real article must show, by general means: one test for each thing that was asked for.

The article lies beside the checkout (`../shared/articles`), so its words are hardly quoted here.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mene.articles import read_article
from mene.codebook import load_codebook
from mene.pipeline import Model, read
from mene.view import document, view

ARTICLE = Path(__file__).parents[1] / ".." / "shared" / "articles" / "iran-withdrawing-from-syria.txt"
REBELS = {"hts", "syr-rebels"}
FURNITURE = ("Advertisement", "Recommended", "Trending", "Join the conversation", "via AP")
UNREAL = {"negated", "doubtful", "conditional", "planned", "possible", "nearly"}

Rows = list[dict[str, Any]]

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def shown(model: Model) -> dict[str, Any]:
    """Return the document of `mene read ARTICLE --published 2024-12-07 --json`."""
    if not ARTICLE.exists():
        pytest.skip("needs ../shared/articles, which lies beside the checkout")
    reading = read(read_article(ARTICLE.read_bytes(), published=date(2024, 12, 7)), model)
    whole = document(view([reading], model.codebook, as_of=None, on=None), model.reader.name)
    told: dict[str, Any] = json.loads(json.dumps(whole))
    return told


def said(shown: dict[str, Any], words: str) -> Rows:
    """Return the statements that contain the words."""
    rows = [row for row in shown["statements"] if words in row["text"]]
    assert rows, f"no statement says {words!r}"
    return rows


def chain(row: dict[str, Any]) -> list[str]:
    """Return the names of a statement's sources, the origin first."""
    return [source["name"] for source in row["sources"]]


def holding(shown: dict[str, Any], place: str) -> dict[str, Any]:
    """Return the one holding of a place."""
    (row,) = [row for row in shown["picture"]["holdings"] if row["place"]["name"] == place]
    return dict(row)


def backings(shown: dict[str, Any], backer: str, backed: str) -> Rows:
    """Return the backings between two actors, by the beginnings of their ids."""
    return [
        row
        for row in shown["picture"]["backings"]
        if (row["backer"]["actor_id"] or "").startswith(backer) and (row["backed"]["actor_id"] or "").startswith(backed)
    ]


def signals(shown: dict[str, Any], indicator: str) -> Rows:
    """Return the signals of one indicator for the leader the article is about."""
    leader = "syr-bashar-al-assad"
    return [row for row in shown["signals"] if (row["indicator"], row["leader"]) == (indicator, leader)]


# --- the page's furniture -------------------------------------------------------------------------------------------


def test_furniture_is_dropped_with_a_reason(shown: dict[str, Any]) -> None:
    dropped = [row for row in shown["dropped"] if row["stage"] == "articles"]
    assert not [words for words in FURNITURE if words in shown["article"]["text"]]
    assert all(any(words in row["text"] for row in dropped) for words in FURNITURE)
    assert all(row["reason"] for row in shown["dropped"])


def test_photo_credit_is_recognised(shown: dict[str, Any]) -> None:
    (credit,) = [row for row in shown["dropped"] if "via AP" in row["text"]]
    assert "photo" in credit["reason"]


# --- who says what --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["starting to evacuate", "cannot manage the situation"])
def test_adviser_speaks_through_the_newspaper(shown: dict[str, Any], words: str) -> None:
    for row in said(shown, words):
        assert chain(row)[0] == "Mehdi Rahmati"
        assert "New York Times" in chain(row)[1]
        role = row["sources"][0]["role"]
        assert "Iranian regime" in role
        assert "advis" in role


def test_repositioning_is_the_armys_word_through_the_broadcaster(shown: dict[str, Any]) -> None:
    for row in said(shown, "repositioning"):
        assert row["sources"][0]["actor_id"] == "syr-army" or "statement" in chain(row)[0]
        assert "NBC" in chain(row)[1]


def test_transfer_is_told_by_the_officials_and_dated(shown: dict[str, Any]) -> None:
    owners = {row["id"]: chain(row)[0] for row in said(shown, "being transferred")}
    moved = [event for event in shown["events"] if event["statement_id"] in owners and event["actors"]]
    moved = [event for event in moved if event["actors"][0]["actor_id"] == "fatemiyoun"]
    assert {owners[event["statement_id"]] for event in moved} == {"Iranian officials"}
    assert {event["occurred_start"] for event in moved} == {"2024-12-06"} == {e["occurred_end"] for e in moved}
    assert {event["place"]["name"] for event in moved} >= {"Damascus", "Latakia"}


def test_shrine_is_seen_in_a_video(shown: dict[str, Any]) -> None:
    for row in said(shown, "shrine"):
        assert "video" in chain(row)[0]
        assert "affiliated with the Guards" in f"{chain(row)[0]} {row['sources'][0]['role']}"
        assert row["sources"][0]["kind"] in ("document", "social account")


# --- who holds what -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["Aleppo", "Hama", "Jaramana"])
def test_rebels_hold(shown: dict[str, Any], place: str) -> None:
    row = holding(shown, place)
    assert row["status"] == "held"
    assert row["holder"]["actor_id"] in REBELS
    assert row["evidence_for"]


def test_day_that_hama_fell(shown: dict[str, Any]) -> None:
    assert holding(shown, "Hama")["since"] == "2024-12-05"


def test_homs_is_nearly_taken_and_not_held(shown: dict[str, Any]) -> None:
    assert holding(shown, "Homs")["status"] == "nearly_taken"


def test_damascus_is_fought_over_and_not_held(shown: dict[str, Any]) -> None:
    assert holding(shown, "Damascus")["status"] in ("contested", "nearly_taken", "besieged")
    there = [row for row in shown["events"] if (row["place"] or {}).get("name") == "Damascus"]
    assert any(row["mode"] == "clash" and row["modality"] in ("asserted", "in_progress") for row in there)


def test_daraa_is_disputed_with_the_armys_own_words(shown: dict[str, Any]) -> None:
    assert holding(shown, "Daraa")["status"] in ("claimed", "contested", "unknown")
    (dispute,) = [row for row in shown["picture"]["disputes"] if "Daraa" in row["subject"]]
    assert len(dispute["positions"]) >= 2
    assert any("repositioning" in row["claim"] and row["evidence"] for row in dispute["positions"])


# --- who backs whom -------------------------------------------------------------------------------------------------


def test_iran_backs_the_government_and_is_reducing_it(shown: dict[str, Any]) -> None:
    rows = backings(shown, "irn-", "syr-")
    assert {row["direction"] for row in rows if not row["background"]} & {"reduces", "ends"}
    assert any(row["means"] == "troops" for row in rows)
    left = [row for row in shown["events"] if row["type"] == "RETREAT" and "Quds Force" in json.dumps(row)]
    assert left
    assert all(row["modality"] in ("asserted", "in_progress") for row in left)


def test_russia_backs_it_with_ground_forces_unlikely(shown: dict[str, Any]) -> None:
    assert {row["direction"] for row in backings(shown, "rus-", "syr-")} & {"gives", "increases"}
    (sent,) = [row for row in shown["events"] if row["text"] == "send"]
    assert sent["modality"] in ("doubtful", "negated")
    assert sent["factuality"] < 0


def test_hezbollah_is_irans_proxy(shown: dict[str, Any]) -> None:
    assert backings(shown, "irn-", "lbn-hezbollah")
    assert ("irn-government", "proxy_of") in load_codebook().ancestors("lbn-hezbollah")


def test_al_qaeda_is_history_and_not_current(shown: dict[str, Any]) -> None:
    rows = backings(shown, "al-qaeda", "hts") + backings(shown, "hts", "al-qaeda")
    assert all(row["background"] for row in rows)
    assert [row["kind"] for row in said(shown, "formerly affiliated")] == ["background"]


# --- what did not happen --------------------------------------------------------------------------------------------


def test_no_russian_ground_deployment(shown: dict[str, Any]) -> None:
    moved = [row for row in shown["picture"]["presences"] if (row["force"]["actor_id"] or "").startswith("rus-")]
    assert {row["modality"] for row in moved} <= UNREAL
    assert not [row for row in backings(shown, "rus-", "syr-") if row["means"] == "troops" and row["belief"] > 0.5]


@pytest.mark.parametrize("place", ["Homs", "Damascus"])
def test_no_capture_of(shown: dict[str, Any], place: str) -> None:
    taken = [row for row in shown["events"] if row["type"] == "SEIZE" and (row["place"] or {}).get("name") == place]
    assert {row["modality"] for row in taken} <= UNREAL
    assert holding(shown, place)["status"] != "held"


def test_no_popular_rising(shown: dict[str, Any]) -> None:
    rising = [row for row in shown["events"] if row["type"] == "PROTEST"]
    assert {row["modality"] for row in rising} <= UNREAL
    assert {row["kind"] for row in said(shown, "the people will")} <= {"forecast", "opinion"}


# --- opinion and outlook --------------------------------------------------------------------------------------------


def spans(shown: dict[str, Any], row: dict[str, Any]) -> list[str]:
    """Return the loaded words of a statement as they stand in the article's text at their offsets."""
    text = shown["article"]["text"]
    places = [word["evidence"] for word in row["tone"]["loaded"]]
    return [text[place["start"] : place["end"]] for place in places]


def test_opinion_is_marked_with_its_loaded_words(shown: dict[str, Any]) -> None:
    (first,), (second,) = said(shown, "bloodthirsty"), said(shown, "ash heap")
    assert {first["kind"], second["kind"]} <= {"opinion", "forecast"}
    assert "ash heap of history" in " ".join(spans(shown, second))


def test_whole_of_the_loaded_phrase_is_a_span(shown: dict[str, Any]) -> None:
    (row,) = said(shown, "bloodthirsty")
    assert "bloodthirsty, Israel-hating Islamists" in spans(shown, row)


@pytest.mark.parametrize(
    "indicator", ["ally-withdrawing", "army-abandoning-towns", "provincial-capital-lost", "capital-threatened"]
)
def test_signal_with_its_sentence(shown: dict[str, Any], indicator: str) -> None:
    rows = signals(shown, indicator)
    known = {row["id"]: row for row in shown["statements"]}
    assert rows
    assert all(row["stance"] == "against" for row in rows)
    assert all(known[cited["statement_id"]]["sentence_text"] for row in rows for cited in row["evidence"])


def test_provincial_capitals_lost_are_those_two(shown: dict[str, Any]) -> None:
    assert {"Aleppo", "Hama"} <= {row["subject"] for row in signals(shown, "provincial-capital-lost")}
    assert not {"Homs", "Damascus"} & {row["subject"] for row in signals(shown, "provincial-capital-lost")}

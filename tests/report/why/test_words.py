"""Every rule by which the pipeline decides has its words, and none is left over."""

from typing import get_args

import pytest

from mene.codebook.entries import MatchKind
from mene.dates.spans import TimeModality
from mene.dates.times import _rules
from mene.events.areas import TakenUp
from mene.events.coded import Change, LeftOut
from mene.events.participants import FillingRule, ResolutionRule
from mene.events.places import PlaceRule
from mene.events.triggers import TriggerRule
from mene.gazetteer.features import FEATURES
from mene.gazetteer.phrases import Relation
from mene.picture.belief import CaseRule, Factor
from mene.picture.rating import Standing
from mene.report.why.words import load_phrases, say
from mene.statements.find import GoingOn
from mene.statements.kinds import KindRule
from mene.statements.modality import VoteRule
from mene.statements.saying import AttributionRule
from mene.statements.sources import SourceRule
from mene.vocabulary import PlacePrecision

RULES = {
    "trigger": get_args(TriggerRule),
    "change": get_args(Change),
    "filling": get_args(FillingRule),
    "left_out": get_args(LeftOut),
    "resolution": get_args(ResolutionRule),
    "match": (*get_args(MatchKind), "joined"),
    "place": get_args(PlaceRule),
    "taken_up": get_args(TakenUp),
    "relation": (*get_args(Relation), "facility"),
    "precision": get_args(PlacePrecision),
    "feature": FEATURES,
    "day_rule": tuple(rule.name for rule in _rules()),
    "time_modality": get_args(TimeModality),
    "vote": get_args(VoteRule),
    "attribution": get_args(AttributionRule),
    "source": get_args(SourceRule),
    "going": get_args(GoingOn),
    "kind": get_args(KindRule),
    "standing": get_args(Standing),
    "factor": get_args(Factor),
    "case": get_args(CaseRule),
}
VALUES = "word entry words role name id where meant alias parts modality cue percent part".split()


@pytest.mark.parametrize("section", RULES)
def test_each_rule_has_its_words_and_no_words_are_left_over(section):
    phrases = load_phrases()[section]
    assert sorted(phrases) == sorted(RULES[section])
    assert all(isinstance(phrase, str) for phrase in phrases.values())


def test_no_section_is_left_over():
    assert sorted(load_phrases()) == sorted(RULES)


@pytest.mark.parametrize("section", RULES)
def test_each_phrase_can_be_filled(section):
    for rule in load_phrases()[section]:
        said = say(section, rule, **dict.fromkeys(VALUES, "X"))
        assert "{" not in said


def test_braces_in_a_text_do_no_harm():
    assert say("filling", "own subject", words="{role}", word="{}", role="actor").startswith("“{role}” is")

"""One coded event beside its article: the small questions that all reasons ask."""

from dataclasses import dataclass

from mene.events import CodedEvent
from mene.events.participants import Filling
from mene.records import Sentence
from mene.report.why.words import say, say_chance
from mene.report.words import plain
from mene.statements.context import Context

Run = tuple[int, int]
SNIPPET = 60
"""Characters of a sentence that is pointed at, not quoted."""


@dataclass(frozen=True, slots=True)
class Case:
    """An event with what it was decided from, and the context of its article."""

    coded: CodedEvent
    context: Context

    @property
    def word(self) -> str:
        """The word that names the event."""
        return plain(self.coded.event.text)

    @property
    def tellers(self) -> "tuple[Case, ...]":
        """The event's own word, then those that tell the same attack once more."""
        return (self, *(Case(one, self.context) for one in self.coded.again))

    def say_again(self, teller: "Case") -> tuple[str, ...]:
        """Return that a value is told by another word than the event's own, where it is."""
        return () if teller is self else (f"told by “{teller.word}”, which tells the same attack once more",)

    def say_filling(self, filling: Filling, role: str) -> str:
        """Return who gives the words of a role, with the reader's probability where it does."""
        words = say("filling", filling.rule, words=self.at(filling.run), word=self.word, role=role)
        return f"{words} ({say_chance(filling.score)})" if filling.score is not None else words

    def at(self, run: Run) -> str:
        """Return the words of a run of the event's sentence."""
        return words_of(self.context, self.coded.sentence, run)


def words_of(context: Context, sentence: Sentence, run: Run) -> str:
    """Return the words of tokens [first, last] as they stand in the article."""
    return plain(context.analysis.article.text[sentence.tokens[run[0]].start : sentence.tokens[run[1]].end])


def point_to(context: Context, index: int, here: Sentence) -> str:
    """Return where another sentence of the article is: the same one, or its first words."""
    if index == here.index:
        return "in this sentence"
    told = context.analysis.sentences[index]
    words = plain(context.analysis.article.text[told.start : told.end])
    return f"in “{words if len(words) <= SNIPPET else words[:SNIPPET].rsplit(' ', 1)[0] + ' …'}”"

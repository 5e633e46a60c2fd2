"""The Admiralty code: what the information is worth, by independent origins and contradiction.

The letter (the source's reliability) is never inferred: F, "cannot be judged", unless the user's codebook lists the
source in `reliability.yaml`. The digit is computed:

| digit | meaning          | when                                                                                   |
|-------|------------------|----------------------------------------------------------------------------------------|
| 1     | confirmed        | two or more neutral origins or admissions against interest, nobody against             |
| 2     | probably true    | two or more origins, nobody against                                                    |
| 3     | possibly true    | one neutral origin or an admission, nobody against; or more origins for than against   |
| 4     | doubtful         | a lone claim for one's own gain; as many against as for; told as possible, conditional |
| 5     | improbable       | more origins against than for; told as doubtful or not so                              |
| 6     | cannot be judged | a lone origin that is unnamed, a witness or a social account                           |
"""

from collections.abc import Collection
from typing import Literal

from mene.records import Source
from mene.vocabulary import Modality

Standing = Literal["neutral", "against_interest", "own_interest", "unknown"]

SOUND: frozenset[Standing] = frozenset({"neutral", "against_interest"})


def standing_of(source: Source, *, is_own_voice: bool) -> Standing:
    """Return how a source stands to what it tells where nobody judges who gains by it: a side's word is for its cause.

    `is_own_voice` tells of an outlet or a monitor that it speaks for itself and is not the voice of a side.

    >>> standing_of(Source("Levant Wire", "outlet", None, "levant-wire"), is_own_voice=True)
    'neutral'
    >>> standing_of(Source("a military source", "unnamed"), is_own_voice=True)
    'unknown'
    """
    if source.kind in ("unnamed", "witness", "social account"):
        return "unknown"
    return "neutral" if source.kind in ("outlet", "monitor", "document") and is_own_voice else "own_interest"


def rate(
    standings: Collection[Standing], against: int = 0, modality: Modality = "asserted", *, letter: str = "F"
) -> str:
    """Return the Admiralty code of what `standings`, one for each independent origin, say and `against` others deny.

    >>> rate(["neutral", "neutral"]), rate(["neutral"]), rate(["own_interest"]), rate(["unknown"])
    ('F1', 'F3', 'F4', 'F6')
    """
    return f"{letter}{_digit(standings, against, modality)}"


def _digit(standings: Collection[Standing], against: int, modality: Modality) -> int:
    if modality in ("doubtful", "negated") or against > len(standings):
        return 5
    if modality not in ("asserted", "in_progress", "nearly", "planned"):
        return 4
    if against:
        return 4 if against == len(standings) else 3
    sound = sum(standing in SOUND for standing in standings)
    if len(standings) >= 2:
        return 1 if sound >= 2 else 2
    if sound:
        return 3
    return 4 if "own_interest" in standings else 6

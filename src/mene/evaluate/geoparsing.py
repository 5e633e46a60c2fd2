"""Scores place resolution on toponym-annotated news (LGL, TR-News: articles of XML with phrases and coordinates).

A gold place is right when the answer lies within 161 km (100 miles) of it, the field's measure; a country is compared
by its code, because the conventions for a country's point differ by more than that.

Measured on 30 November 2026 on the mentions given, adjectives of nationality counted as the annotation has them:
TR-News (n 1,275) recall_161 0.910, LGL (n 4,462) 0.872. The ranker's weights were fitted on these same files;
training/gazetteer_ranker.py cross-validates by site and scores each corpus with weights fitted on the other alone
(TR-News 0.908, LGL 0.846).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from statistics import median

from lxml import etree

from mene.errors import InputError
from mene.gazetteer.countries import weigh_countries
from mene.gazetteer.features import Vector
from mene.gazetteer.geometry import distance_km
from mene.gazetteer.index import Gazetteer, open_gazetteer
from mene.gazetteer.keys import name_key
from mene.gazetteer.phrases import Mention
from mene.gazetteer.resolve import resolve_places
from mene.gazetteer.weights import WEIGHTS
from mene.records import Place

NEAR_KM = 161.0
CONTEXT = 60
FindMentions = Callable[[str], list[Mention]]


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """An annotated place: where it stands in the text, its point, and its country's code where it is a country."""

    start: int
    end: int
    phrase: str
    point: tuple[float, float]
    geonameid: str
    is_country: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated article and the site it appeared on."""

    text: str
    domain: str
    places: tuple[GoldPlace, ...]


def score_geoparsing(
    path: Path,
    *,
    gold_mentions: bool = True,
    find_mentions: FindMentions | None = None,
    gazetteer: Gazetteer | None = None,
    weights: Vector = WEIGHTS,
) -> dict[str, float]:
    """Return n, recall_161 (of all gold places), acc_161 (of those answered) and median_km for a file or folder.

    For raw text `mention_p` is the share of the answered mentions that are annotated as places; of a folder of several
    corpora recall_161 is told for each too. With `gold_mentions` the annotated phrases are resolved, adjectives
    included, as the annotation has them; otherwise `find_mentions` finds them in the raw text. Each site's home is
    guessed from where its other articles' places lie.

    Raises:
        InputError: the path holds no such article, or there is nothing to find mentions with.
    """
    if not gold_mentions and find_mentions is None:
        raise InputError("Scoring raw text needs the reader: pass find_mentions, or use --gold-mentions.")
    corpora = {file.stem: list(read_articles(file)) for file in list_files(path)}
    articles = [article for corpus in corpora.values() for article in corpus]
    if not any(article.places for article in articles):
        raise InputError(
            f"{path} holds no annotated place; give an XML file or folder in the format of LGL or TR-News."
        )
    index = gazetteer or open_gazetteer()
    found = [mark_gold(article) if gold_mentions else _find(find_mentions, article.text) for article in articles]
    homes = guess_homes(articles, found, index, weights)
    places = [resolve(a, m, index, homes.get(a.domain), weights) for a, m in zip(articles, found, strict=True)]
    misses = [measure(*one) for one in zip(articles, found, places, strict=True)]
    scores = summarise([distance for of_article in misses for distance in of_article])
    if not gold_mentions:
        scores["mention_p"] = share_annotated(articles, found, places)
    ends = list(accumulate(len(corpus) for corpus in corpora.values()))
    for name, end in zip(corpora, ends, strict=True) if len(corpora) > 1 else ():
        of_corpus = [d for of_article in misses[end - len(corpora[name]) : end] for d in of_article]
        scores[f"recall_161_{name_key(name).replace(' ', '_')}"] = summarise(of_corpus)["recall_161"]
    return scores


def share_annotated(
    articles: Sequence[GoldArticle], found: Sequence[Sequence[Mention]], places: Sequence[Sequence[Place]]
) -> float:
    """Return the share of the mentions given a point that stand, in whole or part, where a place is annotated."""
    answered = [
        any(m.start < gold.end and gold.start < m.end for gold in article.places)
        for article, mentions, answers in zip(articles, found, places, strict=True)
        for m, place in zip(mentions, answers, strict=True)
        if place.latitude is not None
    ]
    return round(sum(answered) / len(answered), 4) if answered else 0.0


def summarise(misses: Sequence[float | None]) -> dict[str, float]:
    """Return the figures of a list of distances in kilometres, None for a gold place that got no answer."""
    answered = [distance for distance in misses if distance is not None]
    right = sum(distance <= NEAR_KM for distance in answered)
    return {
        "n": len(misses),
        "recall_161": round(right / len(misses), 4) if misses else 0.0,
        "acc_161": round(right / len(answered), 4) if answered else 0.0,
        "median_km": round(median(answered), 2) if answered else 0.0,
    }


def list_files(path: Path) -> list[Path]:
    """Return the XML files that `path` is or holds."""
    files = sorted(path.glob("**/*.xml")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise InputError(f"{path}: no XML file found; give a file or a folder in the format of LGL or TR-News.")
    return files


def read_articles(path: Path) -> Iterator[GoldArticle]:
    """Yield the articles of an LGL or TR-News file; places without coordinates are left out."""
    try:
        root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise InputError(
            f"{path} is no readable XML ({error}); give a file in the format of LGL or TR-News."
        ) from error
    for node in root.iter("article"):
        text = node.findtext("text") or ""
        places = tuple(place for item in node.iter("toponym") if (place := _read_place(item, text)) is not None)
        yield GoldArticle(text, (node.findtext("domain") or node.findtext("feedid") or "").strip(), places)


def _read_place(node: "etree._Element", text: str) -> GoldPlace | None:
    tag = node.find("gaztag")
    lat, lon = (tag.findtext("lat"), tag.findtext("lon")) if tag is not None else (None, None)
    if tag is None or not lat or not lon:
        return None
    phrase, start = node.findtext("phrase") or "", int(node.findtext("start") or 0)
    if text[start : start + len(phrase)] != phrase:
        start = _nearest(text, phrase, start)
    country = tag.find("country")
    own_id = tag.get("geonameid") or ""
    is_country = (tag.findtext("fcode") or "").startswith("PCL") and country is not None
    identity = (country.get("geonameid") if is_country and country is not None else own_id) or own_id
    return GoldPlace(start, start + len(phrase), phrase, (float(lat), float(lon)), identity, is_country)


def _nearest(text: str, phrase: str, start: int) -> int:
    """Return where `phrase` stands closest to a wrong offset (TR-News has about a hundred), or the offset itself."""
    spots, at = [], text.find(phrase)
    while at >= 0 and phrase:
        spots.append(at)
        at = text.find(phrase, at + 1)
    return min(spots, key=lambda spot: abs(spot - start), default=start)


def mark_gold(article: GoldArticle) -> list[Mention]:
    """Return the annotated phrases as mentions with their context."""
    return [
        Mention(
            place.phrase,
            place.start,
            place.end,
            article.text[max(0, place.start - CONTEXT) : place.start],
            article.text[place.end : place.end + CONTEXT],
        )
        for place in article.places
    ]


def _find(find_mentions: FindMentions | None, text: str) -> list[Mention]:
    return find_mentions(text) if find_mentions is not None else []


def resolve(
    article: GoldArticle, mentions: list[Mention], index: Gazetteer, home: str | None, weights: Vector = WEIGHTS
) -> tuple[Place, ...]:
    """Return the places of an article's mentions."""
    countries = weigh_countries(article.text)
    return resolve_places(mentions, gazetteer=index, countries=countries, home=home, demonyms=True, weights=weights)


def guess_homes(
    articles: Sequence[GoldArticle], found: Sequence[list[Mention]], index: Gazetteer, weights: Vector = WEIGHTS
) -> dict[str, str]:
    """Return where each site sits, as "US" or "US/Louisiana": the unit that a quarter of its located places lie in.

    The annotation is not used: the places are those resolved without a home.
    """
    units: dict[str, Counter[str]] = defaultdict(Counter)
    countries: dict[str, Counter[str]] = defaultdict(Counter)
    for article, mentions in zip(articles, found, strict=True):
        for place in {place.place_id: place for place in resolve(article, mentions, index, None, weights)}.values():
            if place.country:
                countries[article.domain][place.country] += 1
            if place.country and place.admin1:
                units[article.domain][f"{place.country}/{place.admin1}"] += 1
    homes = {}
    for domain, counts in countries.items():
        (country, number), total = counts.most_common(1)[0], sum(counts.values())
        unit, inside = units[domain].most_common(1)[0] if units[domain] else ("", 0)
        if inside >= 3 and inside >= 0.25 * total:
            homes[domain] = unit
        elif number >= 3 and number >= 0.4 * total:
            homes[domain] = country
    return homes


def measure(article: GoldArticle, mentions: Sequence[Mention], places: Sequence[Place]) -> list[float | None]:
    """Return, for each gold place, the distance of the answer in kilometres, or None where there is none."""
    answers = {(m.start, m.end): place for m, place in zip(mentions, places, strict=True)}
    distances: list[float | None] = []
    for gold in article.places:
        place = answers.get((gold.start, gold.end)) or _overlapping(gold, answers)
        if place is None or place.latitude is None or place.longitude is None:
            distances.append(None)
        elif gold.is_country and place.place_id == gold.geonameid:
            distances.append(0.0)
        else:
            distances.append(distance_km(gold.point, (place.latitude, place.longitude)))
    return distances


def _overlapping(gold: GoldPlace, answers: dict[tuple[int, int], Place]) -> Place | None:
    """Return the answer whose mention covers the gold phrase or lies within it, the closest in length first."""
    touching = [
        (abs((end - start) - (gold.end - gold.start)), start, place)
        for (start, end), place in answers.items()
        if (start <= gold.start and end >= gold.end) or (gold.start <= start and gold.end >= end)
    ]
    return min(touching, key=lambda item: item[:2])[2] if touching else None

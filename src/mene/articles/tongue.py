"""The language a text is written in, from its script and its function words (`tongues.yaml`)."""

import re
from collections import Counter
from functools import lru_cache

from mene.articles.furniture import load_yaml

NAMES = {
    "ar": "Arabic", "fa": "Persian", "ur": "Urdu", "he": "Hebrew", "ru": "Russian", "uk": "Ukrainian",
    "bg": "Bulgarian",
    "el": "Greek", "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "hi": "Hindi", "th": "Thai", "hy": "Armenian",
    "ka": "Georgian", "am": "Amharic", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish",
    "pl": "Polish", "cs": "Czech", "hu": "Hungarian", "ro": "Romanian", "tr": "Turkish", "id": "Indonesian",
    "sw": "Swahili", "ca": "Catalan", "sq": "Albanian", "hr": "Croatian", "vi": "Vietnamese", "so": "Somali",
}  # fmt: skip

# Unicode ranges of the scripts that settle the language, or nearly so. Kana and Hangul come before Han.
_SCRIPTS = (
    ("ja", "\u3040-\u30ff"), ("ko", "\uac00-\ud7af"), ("zh", "\u4e00-\u9fff"), ("ar", "\u0600-\u06ff\u0750-\u077f"),
    ("he", "\u0590-\u05ff"), ("ru", "\u0400-\u04ff"), ("el", "\u0370-\u03ff"), ("hi", "\u0900-\u097f"),
    ("th", "\u0e00-\u0e7f"), ("hy", "\u0530-\u058f"), ("ka", "\u10a0-\u10ff"), ("am", "\u1200-\u137f"),
)  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 20_000  # characters; languages are told apart within a few hundred
_FEWEST_WORDS = 5
# English must be clearly beaten before a text is refused: by half as many hits again, and by three different words; in
# a text without any English function word by two, if they are a seventh of it. Arabic names have "al" and "el" in them.
_MARGIN = 1.5
_FEWEST_HITS = 3
_SHARE = 0.15


def tell_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`, or "und" where it has too few words to tell.

    >>> tell_language("The rebels said that they had taken the city of Hama.")
    'en'
    >>> tell_language("Les rebelles ont pris la ville de Hama dans la nuit.")
    'fr'
    """
    sample = text[:_SAMPLE]
    if other := _by_script(sample):
        return other
    words = [word.lower() for word in _WORD.findall(sample)]
    return _by_words(words) if len(words) >= _FEWEST_WORDS else "und"


def _by_script(sample: str) -> str | None:
    letters = len(_LETTER.findall(sample))
    for code, span in _SCRIPTS:
        count = len(re.findall(f"[{span}]", sample))
        # Japanese writes half its text in Han characters, so a tenth of kana is enough.
        if letters and count > letters * (0.1 if code == "ja" else 0.5):
            return _within_script(code, sample)
    return None


def _within_script(code: str, sample: str) -> str:
    if code == "ar":
        if re.search("[ٹڈڑے]", sample):
            return "ur"
        return "fa" if len(re.findall("[پچژگ]", sample)) > len(sample) * 0.01 else "ar"
    if code == "ru":
        if re.search("[іїєґ]", sample, re.I):
            return "uk"
        return "bg" if not re.search("[ыэё]", sample, re.I) and len(sample) > 200 else "ru"
    return code


@lru_cache(maxsize=1)
def _function_words() -> dict[str, tuple[str, ...]]:
    """Return, for each function word, the languages that have it."""
    languages: dict[str, list[str]] = {}
    for code, words in load_yaml("tongues.yaml").items():
        for word in words:
            languages.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in languages.items()}


def _by_words(words: list[str]) -> str:
    known = _function_words()
    hits = Counter(code for word in words for code in known.get(word, ()))
    different = Counter(code for word in set(words) for code in known.get(word, ()))
    if not hits:
        return "und"
    best, most = max(hits.items(), key=lambda item: (item[1], item[0] == "en"))
    english = hits["en"]
    enough = different[best] >= _FEWEST_HITS or (not english and different[best] >= 2 and most >= len(words) * _SHARE)
    if best == "en" or not enough or most < english * _MARGIN:
        return "en" if english else "und"
    return best

"""The language of a text, for hyphenation and speech: by script, else by its commonest small words."""

import re
from collections import Counter

SMALL = {
    "en": "the of and to in is that for was with as are this which".split(),
    "de": "der die und das nicht von ist den mit ein eine sich auf dem".split(),
    "fr": "le les des et est une dans que pour du qui sur pas aux".split(),
    "es": "el los que las del una por con para como más se su".split(),
    "pt": "que não uma com para dos das mais como os ao pelo".split(),
    "it": "che di il per una non gli della sono con nel alla".split(),
    "nl": "het een van dat niet zijn voor met aan ook naar door".split(),
}
SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)


def language_of(text: str) -> str:
    """A language code, empty where nothing is clear."""
    sample = text[:20_000]
    letters = len(re.findall(r"[^\W\d_]", sample))
    for code, script in SCRIPTS:
        if letters and len(script.findall(sample)) > (0.05 if code == "ja" else 0.3) * letters:
            return code
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    total = sum(words.values())
    score, code = max((sum(words[word] for word in small), code) for code, small in SMALL.items())
    return code if total >= 20 and score >= 0.08 * total else ""

"""Usernames that nobody can mistake for another person's."""

import unicodedata

# Scripts that one name may mix: Japanese and Korean are written in several.
EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}
# Small letters of Greek and Cyrillic, and their capitals, that look like Latin ones.
LATIN_TWINS = set("аеорсухіјѕһԁԛԝвнкмтαεικνορτυχβζηγω")

ONE_SCRIPT = "Use letters of one script, so that nobody takes the name for another."
LATIN_LETTERS = "Every letter of this name looks like a Latin one. Use Latin letters, or another name."
INVISIBLE = "Use letters that can be seen."


def fault_of(username: str) -> str:
    """What in a username (small letters, NFKC) may deceive the eye; empty where nothing does."""
    letters = [letter for letter in username if letter.isalpha()]
    scripts = {_script(letter) for letter in letters}
    if any("FILLER" in unicodedata.name(letter, "FILLER") for letter in letters):
        return INVISIBLE
    if len(scripts) > 1:
        return ONE_SCRIPT
    if scripts & {"GREEK", "CYRILLIC"} and set(letters) <= LATIN_TWINS:
        return LATIN_LETTERS
    return ""


def _script(letter: str) -> str:
    """The script of a letter, which its Unicode name begins with."""
    script = unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]
    return "EAST ASIAN" if script in EAST_ASIAN else script

"""Three kinds of prose by paragraphs: a history with notes, an author's, and a manual that repeats itself."""

import random
from itertools import accumulate

from bench.texts import ADJECTIVES, NOUNS, VERBS, Writer, reference

FUNCTION = "the of and to a in that is it for as with was on be by at this which from or not are".split()
SYLLABLES = "ba con der el fi gra ho in ju kel lo mar nor op pra qui ren sta tor un ver wil".split()


def written(size: int, seed: int) -> list[str]:
    """Paragraphs whose words are as frequent as in real prose, with phrases that come back."""
    chance = random.Random(seed)
    rare = sorted({"".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(6000)})
    chance.shuffle(rare)
    words = FUNCTION + NOUNS + VERBS + ADJECTIVES + rare
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))

    def some(count: int) -> list[str]:
        return chance.choices(words, cum_weights=weights, k=count)

    phrases = [some(chance.randint(2, 4)) for _ in range(400)]
    often = list(accumulate(1 / (rank + 2) for rank in range(len(phrases))))

    def sentence() -> str:
        length = max(3, round(chance.lognormvariate(2.9, 0.5)))
        made: list[str] = []
        while len(made) < length:
            made += chance.choices(phrases, cum_weights=often)[0] if chance.random() < 0.15 else some(1)
            if chance.random() < 0.08:
                made[-1] += ","
        return " ".join(made).capitalize().rstrip(",") + "."

    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < size:
        if chance.random() < 0.15:
            paragraphs.append(" ".join(some(chance.randint(2, 7))).title())
        paragraphs.append(" ".join(sentence() for _ in range(max(1, round(chance.gauss(5, 2.5))))))
    return paragraphs


THINGS = "file folder project window page report account table chart layer filter key rule list image".split()
PARTS = "name size colour owner format position title language version status path width order".split()
ACTS = "save open close print export rename delete copy move share import sort lock restore search".split()
TEMPLATES = (
    "To {act} the {thing}, choose {Act} from the {Thing} menu.",
    "To {act} the {thing} and its {part}, choose {Act} from the {Thing} menu.",
    "In the {Thing} window, select the {thing} that you want to {act}, and then click {Act}.",
    "If the {part} of the {thing} cannot be changed, make sure that the {thing} is not locked.",
    "The {Part} field shows the {part} of the selected {thing}.",
    "When you {act} a {thing}, its {part} is kept.",
    "Note: you cannot {act} a {thing} while another person has it open.",
    "For more about the {part} of a {thing}, see the chapter on the {Thing} window.",
    "By default, the {part} is {number}; enter another {part} between {number} and {number}.",
    "You can also press Control and {letter} to {act} the {thing}.",
    "Click OK.",
    "Repeat these steps for each {thing} whose {part} you want to {act}.",
)


def history(size: int, seed: int) -> list[str]:
    """Headings, paragraphs and items of a history, its notes last."""
    writer = Writer(seed)
    paragraphs: list[str] = []
    notes: list[str] = []
    while sum(map(len, paragraphs)) + sum(map(len, notes)) < size:
        paragraphs.append(writer.title())
        for _ in range(4):
            paragraphs += [writer.paragraph(), writer.paragraph()]
            notes.append(reference(writer, len(notes) + 1))
        paragraphs += [writer.sentence() for _ in range(4)]
    return paragraphs + notes


def manual(size: int, seed: int, plain: float = 0.5) -> list[str]:
    """Paragraphs of a manual; this share of its sentences is plain, the rest a dozen again and again.

    Other nouns stand in these, and some paragraphs are quite the same.
    """
    chance = random.Random(seed)
    writer = Writer(seed)

    def sentence() -> str:
        thing, part, act = chance.choice(THINGS), chance.choice(PARTS), chance.choice(ACTS)
        if chance.random() < plain:
            return writer.sentence()
        return chance.choice(TEMPLATES).format(
            thing=thing,
            Thing=thing.title(),
            part=part,
            Part=part.title(),
            act=act,
            Act=act.title(),
            number=chance.randint(1, 99),
            letter=chance.choice("ABCDEFG"),
        )

    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < size:
        if chance.random() < 0.2:
            paragraphs.append(f"{chance.choice(ACTS).title()} a {chance.choice(THINGS)}")
        paragraphs += [sentence() for _ in range(chance.choice((0, 0, 2, 3)))]
        paragraphs.append(" ".join(sentence() for _ in range(chance.randint(2, 7))))
    return paragraphs

"""What analysts do with a codebook: each verb in one transaction, written down so that it can be undone."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from reader.annotate.actions import NotDone
from reader.annotate.journal import Journal
from reader.annotate.layer_models import NAME_AT_MOST
from reader.annotate.looks import follow, tagged_with
from reader.annotate.models import HUES, PATTERNS, Change, Code, Codebook
from reader.annotate.naming import DEEPEST, BadName, Index, clean_name, key_of, path_of
from reader.annotate.querysets import CodeQuerySet
from reader.http import whole
from reader.people.models import User

OWN = "My codes"
WORDS_AT_MOST = 20_000
CODES_AT_MOST = 2_000
FIELDS = ("codebook", "parent", "name", "hue", "pattern", "definition", "memo", "position")


@transaction.atomic
def add_codebook(*, by: User, name: str) -> tuple[Codebook, Change]:
    """Begin a codebook."""
    codebook = Codebook.objects.create(owner=by, name=clean_name(name))
    journal = Journal(by, "add_codebook")
    journal.created(codebook, "owner", "name", "is_public")
    return codebook, journal.close(f"Codebook “{codebook.name}” begun.")


@transaction.atomic
def edit_codebook(*, by: User, codebook: Codebook, name: str, is_public: bool) -> Change | None:
    """Rename a codebook, show it to everybody or to its owner alone; None where it is so already."""
    now = locked(codebook)
    journal = Journal(by, "edit_codebook")
    if not journal.update(now, name=clean_name(name), is_public=is_public):
        return None
    return journal.close(f"Codebook “{now.name}” changed.")


@transaction.atomic
def delete_codebook(*, by: User, codebook: Codebook) -> Change:
    """Put a codebook away with its codes; their tags are hidden with them, and come back with undo."""
    now = locked(codebook)
    journal = Journal(by, "delete_codebook")
    when = timezone.now()
    gone = journal.update_all(now.codes.live(), deleted_at=when)
    journal.update(now, deleted_at=when)
    follow(tagged_with(gone))
    return journal.close(f"Codebook “{now.name}” deleted.")


@transaction.atomic
def add_code(
    *, by: User, codebook: Codebook, name: str, parent: Code | None = None, **values: Any
) -> tuple[Code, Change]:
    """Make a code, below a parent or at the top; values are definition, memo, hue and pattern."""
    now = locked(codebook)
    journal = Journal(by, "add_code")
    code = make(journal, now, clean_name(name), parent, **values)
    return code, journal.close(f"Code “{code.name}” made.")


@transaction.atomic
def edit_code(*, by: User, code: Code, **values: Any) -> Change | None:
    """Let a code have this name, definition, memo, hue or pattern; None where it has them already."""
    codebook = locked(code.codebook)
    now = codebook.codes.live().get(pk=code.pk)
    if "name" in values:
        values["name"] = clean_name(values["name"])
        check_free(codebook, values["name"], now.parent, besides=now)
    journal = Journal(by, "edit_code")
    if not journal.update(now, **checked(values)):
        return None
    if {"hue", "pattern"} & values.keys():
        follow(tagged_with([now.pk]))
    return journal.close(f"Code “{now.name}” changed.")


@transaction.atomic
def move_code(*, by: User, code: Code, parent: Code | None, place: int | None = None) -> Change | None:
    """Put a code below another one, or at the top, so many siblings before it; None: the last of them."""
    codebook = locked(code.codebook)
    now = codebook.codes.live().get(pk=code.pk)
    if parent is not None and parent.codebook_id != codebook.pk:
        raise NotDone("A code stays in its codebook.")
    if parent is not None and parent.pk in {now.pk, *below(now)}:
        raise NotDone(f"“{now.name}” cannot lie below itself.")
    check_free(codebook, now.name, parent, besides=now)
    check_depth(parent, height_of(now))
    others = list(siblings(codebook, parent).exclude(pk=now.pk))
    at = len(others) if place is None else max(0, min(place, len(others)))
    journal = Journal(by, "move_code")
    journal.update(now, parent=parent)
    for position, one in enumerate([*others[:at], now, *others[at:]]):
        journal.update(one, position=position)
    return journal.close(f"Code “{now.name}” moved.") if journal.ops else None


@transaction.atomic
def delete_code(*, by: User, code: Code) -> Change:
    """Delete a code: those below it go up, its tags are hidden and come back with undo."""
    codebook = locked(code.codebook)
    now = codebook.codes.live().get(pk=code.pk)
    journal = Journal(by, "delete_code")
    journal.update(now, deleted_at=timezone.now())
    lift(journal, now, now.parent)
    follow(tagged_with([now.pk]))
    return journal.close(f"Code “{now.name}” deleted.")


@transaction.atomic
def codes_chosen(by: User, keys: Sequence[str], names: Sequence[str]) -> list[Code]:
    """The codes that a form means, each once: those open to the person by their keys, then those by name.

    BadName where a key is none, or of a code that is gone or not theirs, or where a name cannot be one.
    """
    wanted = [key for key in keys if key.strip()]
    numbers = {number for key in wanted if (number := whole(key))}
    known = {code.pk: code for code in Code.objects.open_to(by).filter(pk__in=numbers)} if numbers else {}
    found = [known.get(whole(key) or 0) for key in wanted]
    if None in found:
        raise BadName("A code that you chose is gone, or no longer yours to set. Choose another one.")
    codes = [code for code in found if code] + (codes_named(by, names) if names else [])
    return list({code.pk: code for code in codes}.values())


def codes_named(by: User, names: Sequence[str]) -> list[Code]:
    """The codes of these names or paths, each once, in this order.

    Each is looked for in the person's own codebooks; what is new is made in the one called OWN. BadName where
    one of them cannot be a name.
    """
    given = [name for name in names if name.strip()]
    if not given:
        return []
    own = codes_at(by, given)
    return list({own[name].pk: own[name] for name in given}.values())


@transaction.atomic
def codes_at(by: User, paths: Sequence[str]) -> dict[str, Code]:
    """The codes at these paths in the person's own codebooks; what is new is made, as one change."""
    wanted = {words: path_of(words) for words in paths}
    index = Index(Code.objects.writable_by(by))
    if all(index.find(path) for path in wanted.values()):
        return {words: code for words, path in wanted.items() if (code := index.find(path))}
    own = own_codebook(by)
    # Again: the same names may have been typed in the same moment.
    index = Index(Code.objects.writable_by(by))
    journal = Journal(by, "add_code")
    found = {words: index.find(path) or _made(journal, own, index, path) for words, path in wanted.items()}
    if journal.ops:
        made = len(journal.ops)
        journal.close(f"{made} code{'' if made == 1 else 's'} made.")
    return found


def own_codebook(by: User) -> Codebook:
    """The codebook where the codes go that a person makes while tagging; made on first use."""
    User.objects.select_for_update().get(pk=by.pk)
    own = Codebook.objects.writable_by(by)
    return own.filter(name=OWN).order_by("pk").first() or Codebook.objects.create(owner=by, name=OWN)


def locked(codebook: Codebook) -> Codebook:
    """The codebook, for one change at a time."""
    return Codebook.objects.select_for_update().get(pk=codebook.pk)


def make(journal: Journal, codebook: Codebook, name: str, parent: Code | None, **values: Any) -> Code:
    """Make a code as part of a larger change; its name is clean."""
    check_free(codebook, name, parent)
    return put_in(journal, codebook, name, parent, **values)


def put_in(journal: Journal, codebook: Codebook, name: str, parent: Code | None, **values: Any) -> Code:
    """The same where the name is known to be free: a table of codes knows its own names."""
    check_depth(parent, 1)
    count = codebook.codes.live().count()
    if count >= CODES_AT_MOST:
        raise NotDone(f"A codebook holds up to {CODES_AT_MOST:,} codes: begin another one.")
    last = siblings(codebook, parent).aggregate(last=Max("position"))["last"]
    values = {"hue": count % HUES + 1, "pattern": count % PATTERNS + 1, **checked(values)}
    code = Code(
        codebook=codebook,
        parent=parent,
        name=name,
        position=0 if last is None else last + 1,
        **values,
    )
    code.save(force_insert=True)
    journal.created(code, *FIELDS)
    return code


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values, where a code can have them."""
    for name, most in (("hue", HUES), ("pattern", PATTERNS)):
        if name in values and not 1 <= values[name] <= most:
            raise NotDone(f"Choose a {name} from 1 to {most}.")
    for name in ("definition", "memo"):
        if len(values.get(name, "")) > WORDS_AT_MOST:
            raise NotDone(f"This {name} is too long: up to {WORDS_AT_MOST:,} characters are kept.")
        if name in values:
            values[name] = values[name].replace("\x00", "")
    return values


def check_free(codebook: Codebook, name: str, parent: Code | None, besides: Code | None = None) -> None:
    """NotDone where another code beside it has the name, in capitals or not."""
    beside = siblings(codebook, parent).exclude(pk=besides.pk if besides else 0)
    if key_of(name) in map(key_of, beside.values_list("name", flat=True)):
        raise taken(name, parent)


def taken(name: str, parent: Code | None) -> NotDone:
    """What is said where another code has the name."""
    where = f"below “{parent.name}”" if parent else "at the top of this codebook"
    return NotDone(f"There is a code “{name}” {where} already: choose another name, or merge the two.")


def check_depth(parent: Code | None, height: int) -> None:
    """NotDone where so many generations of codes below this one would lie too deep."""
    depth = 0
    while parent is not None and depth <= DEEPEST:
        depth, parent = depth + 1, parent.parent
    if depth + height > DEEPEST:
        raise NotDone(f"Codes lie at most {DEEPEST} deep: choose a parent higher up.")


def height_of(code: Code) -> int:
    """How many generations there are: 1 for a code with none below it."""
    return 1 + len(_generations(code))


def below(code: Code) -> set[int]:
    """The codes below a code, however deep."""
    return {pk for generation in _generations(code) for pk in generation}


def _generations(code: Code) -> list[set[int]]:
    found: list[set[int]] = []
    generation = {code.pk}
    while True:
        children = Code.objects.live().filter(parent__in=generation)
        generation = set(children.values_list("pk", flat=True)).difference(*found)
        if not generation:
            return found
        found.append(generation)


def siblings(codebook: Codebook, parent: Code | None) -> CodeQuerySet:
    """The codes of a codebook directly below this one, or at its top."""
    return codebook.codes.live().filter(parent=parent)


def free_name(name: str, beside: Iterable[Code]) -> str:
    """The name, with a number where one of these codes has it."""
    taken = {key_of(code.name) for code in beside}
    free, number = name, 2
    while key_of(free) in taken:
        free = f"{name[: NAME_AT_MOST - 8]} {number}"
        number += 1
    return free


def lift(journal: Journal, code: Code, parent: Code | None) -> None:
    """Put what lies directly below a code below another one; a name that is taken there gets a number."""
    beside = list(siblings((parent or code).codebook, parent).exclude(pk=code.pk))
    position = 1 + max((sibling.position for sibling in beside), default=-1)
    for child in code.children.live().exclude(pk=parent.pk if parent else 0):
        journal.update(child, parent=parent, name=free_name(child.name, beside), position=position)
        beside.append(child)
        position += 1


def _made(journal: Journal, own: Codebook, index: Index, path: list[str]) -> Code:
    """Go down a path of this codebook from its top, and make what is missing; the last code of it."""
    code = index.at(own, path)
    if code is None:
        parent = _made(journal, own, index, path[:-1]) if len(path) > 1 else None
        code = make(journal, own, path[-1], parent)
        index.add(code, path)
    return code

"""A class at work: 300 students on two texts, each reading or marking once in 15 seconds, for five minutes.

python -m bench.load [SECONDS] prints what 95 of 100 requests take at most, over that for one reader alone.
Open loop: a request's time begins when it was due, whether or not those before it have been answered.
"""

import os
import queue
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import django

from bench.server import Server, environment, serving

STUDENTS, EVERY, SECONDS = 300, 15.0, 300.0
# One reader alone asks as often as it takes for a percentile to mean something.
ALONE_EVERY, ALONE_REQUESTS = 0.4, 150
WARMING = 40
# Of three requests one marks.
MARKS = 1 / 3
CONNECTIONS = 48
WORKERS = 2


@dataclass(frozen=True)
class Course:
    """Where the class reads, what it marks, and the headers of each student."""

    facing: str
    annotate: str
    revision: int
    text: str
    layer: str
    students: list[dict[str, str]]


@dataclass
class Taken:
    """Seconds of each request, what went wrong, and the server's seconds of CPU for all."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def p95(self) -> float:
        """What 95 of 100 requests take at most, in seconds."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]


def main(seconds: float) -> None:
    """Make the class, serve it, and let it read."""
    postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    with tempfile.TemporaryDirectory(prefix="reader-load-") as named:
        folder = Path(named)
        kept = {"DATABASE_URL": os.environ["DATABASE_URL"]} if postgres else {}
        os.environ.update(environment(folder) | kept)
        django.setup()
        course = make_course()
        with serving(folder, workers=WORKERS) as server:
            run(server, course, due(WARMING, 1, ALONE_EVERY / 2))
            alone = run(server, course, due(ALONE_REQUESTS, 1, ALONE_EVERY))
            together = run(server, course, due(int(seconds / EVERY), STUDENTS, EVERY))
    of = "postgresql" if postgres else "sqlite"
    print(f"bench: class_300_p95_vs_1_{of} = {together.p95 / alone.p95:.3g}")
    print(f"bench: class_300_p95_ms_{of} = {together.p95 * 1000:.3g}")
    print(f"bench: class_1_p95_ms_{of} = {alone.p95 * 1000:.3g}")
    print(f"bench: class_300_errors_{of} = {len(together.errors) + len(alone.errors)}")
    each = [f"{1000 * taken.cpu / len(taken.seconds):.1f}" for taken in (alone, together)]
    print(f"CPU of a request alone, and together: {' and '.join(each)} ms", file=sys.stderr)
    for error in (alone.errors + together.errors)[:5]:
        print(error, file=sys.stderr)


def make_course() -> Course:
    """A class with its students, signed in, and the two seeds."""
    from django.core.management import call_command
    from django.urls import reverse

    from bench.library import signed_in_cookie, with_token
    from reader.annotate.models import Layer
    from reader.library.models import Document, Work
    from reader.people import classes, memberships
    from reader.people.class_models import ClassRole, Kind
    from reader.people.models import User

    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as quiet:
        call_command("createcachetable", stdout=quiet)
        call_command("load_seeds", stdout=quiet)
        call_command("collectstatic", interactive=False, verbosity=0)
    teacher = User.objects.create_user("teacher")
    group = classes.make(kind=Kind.CLASS, name="A course", time_zone="UTC", by=teacher)
    students = []
    for number in range(STUDENTS):
        students.append(with_token(signed_in_cookie(f"student{number}")))
        person = User.objects.get(username=f"student{number}")
        memberships.enrol(person=person, group=group, role=ClassRole.STUDENT)
    pair = Work.objects.pairs(None)[0]
    revision = Document.objects.select_related("current").get(slug=pair.citing).current
    assert revision is not None
    return Course(
        reverse("desk:facing", args=[pair.citing, pair.cited]),
        reverse("desk:annotate", args=[pair.citing]),
        revision.number,
        revision.text,
        Layer.objects.of_class(group).key,
        students,
    )


def due(rounds: int, students: int, every: float) -> list[tuple[float, int]]:
    """(seconds from the beginning, the student's number) of each request, in order."""
    chance = random.Random(students)
    phases = [chance.random() * every for _ in range(students)]
    return sorted((phase + every * turn, who) for who, phase in enumerate(phases) for turn in range(rounds))


def run(server: Server, course: Course, plan: list[tuple[float, int]]) -> Taken:
    """Send every request when it is due."""
    taken, waiting = Taken(), queue.Queue[tuple[float, int] | None]()
    acts = acts_of(course)
    threads = [
        threading.Thread(target=answer, args=(server, course, waiting, taken, acts))
        for _ in range(min(CONNECTIONS, len(plan)))
    ]
    for thread in threads:
        thread.start()
    began, cpu = time.perf_counter(), server.cpu()
    for at, who in plan:
        time.sleep(max(0.0, began + at - time.perf_counter()))
        waiting.put((began + at, who))
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    taken.cpu = server.cpu() - cpu
    return taken


def acts_of(course: Course) -> Iterator[dict[str, str] | None]:
    """What is done next: None is reading, else the form of a mark."""
    from bench.annotations import stretches

    chance = random.Random(7)
    # The sentences of the text; its title and notes are marked as well.
    for start, end in stretches(course.text, seed=8):
        if chance.random() >= MARKS:
            yield None
        else:
            yield {
                "revision": str(course.revision),
                "start": str(start),
                "end": str(end),
                "exact": course.text[start:end],
                "kind": "highlight",
                "layer": course.layer,
                "token": f"load-{uuid4().hex[:20]}",
                "back": course.facing,
            }


choosing = threading.Lock()


def answer(
    server: Server,
    course: Course,
    waiting: "queue.Queue[tuple[float, int] | None]",
    taken: Taken,
    acts: Iterator[dict[str, str] | None],
) -> None:
    """Do what is due, over a connection of its own, until nothing is."""
    mine = Server(server.process, server.port, server.folder)
    while (one := waiting.get()) is not None:
        at, who = one
        headers = {**course.students[who], "Accept-Encoding": "gzip"}
        with choosing:
            form = next(acts)
        try:
            if form is None:
                mine.page(course.facing, headers)
            else:
                mine.post(course.annotate, form, {**headers, "HX-Request": "true"})
        except (OSError, RuntimeError) as error:
            taken.errors.append(repr(error)[:300])
            mine.connection.close()
        taken.seconds.append(time.perf_counter() - at)
    mine.connection.close()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)

"""Who reads, uploads and teaches."""

import unicodedata
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models


class Role(models.TextChoices):
    """What a person does here: everybody reads and annotates; analysts and instructors bring texts too."""

    STUDENT = "student", "Student"
    ANALYST = "analyst", "Analyst"
    INSTRUCTOR = "instructor", "Instructor"


class PeopleManager(UserManager["User"]):
    """People, found by their username however its letters were typed."""

    use_in_migrations = False

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person of this username, in capitals or not; DoesNotExist where there is none."""
        return self.get(username=User.normalize_username(username or ""))


class User(AbstractUser):
    """A person with an account. Our own from the first migration, so that it can grow.

    Usernames are kept in small letters, so that no two differ by case or by the width of a letter.
    """

    role = models.CharField(max_length=10, choices=Role, default=Role.STUDENT)

    objects: ClassVar[PeopleManager] = PeopleManager()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What stands beside a person's notes: the name that the staff wrote down, else the username."""
        return self.get_full_name() or self.username

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """The username as it is kept and compared."""
        # Django asks for it also where a form refused the name, and there is none.
        plain = unicodedata.normalize("NFKC", username or "").casefold()
        return unicodedata.normalize("NFKC", plain)

"""Who reads, uploads and teaches."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What a person does here: everybody reads and annotates; analysts and instructors bring texts too."""

    STUDENT = "student", "Student"
    ANALYST = "analyst", "Analyst"
    INSTRUCTOR = "instructor", "Instructor"


class User(AbstractUser):
    """A person with an account. Our own from the first migration, so that it can grow."""

    role = models.CharField(max_length=10, choices=Role, default=Role.STUDENT)

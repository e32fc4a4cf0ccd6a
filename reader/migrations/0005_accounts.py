import unicodedata

from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    """allauth counts attempts in the cache, which is a table (settings.CACHES)."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def small_letters(apps, schema_editor):
    """Usernames are kept in small letters; of two that differ by case alone the older one has the name."""
    User = apps.get_model("reader", "User")
    people = User.objects.order_by("pk")
    taken = set(people.values_list("username", flat=True))
    for person in people:
        name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", person.username).casefold())
        if name != person.username:
            while name in taken:
                name = f"{name[:140]}-{person.pk}"
            taken.add(name)
            person.username = name
            person.save(update_fields=["username"])


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0004_chunk_runs"),
    ]

    operations = [
        migrations.AlterModelManagers(name="user", managers=[]),
        migrations.RunPython(small_letters, migrations.RunPython.noop),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]

from collections import defaultdict

from django.db import migrations, models

BATCH = 500


def read_from_changes(apps, schema_editor):
    """Of what was moved already: the last moment that is written down."""
    Annotation = apps.get_model("reader", "Annotation")
    Change = apps.get_model("reader", "Change")
    laid = {}
    rows = Change.objects.order_by("pk").values_list("at", "undone_at", "ops")
    for at, undone_at, ops in rows.iterator(chunk_size=BATCH):
        moment = undone_at or at
        for name, pk, before, after in ops:
            if name == "Annotation" and before and after and "layer_id" in after:
                laid[pk] = max(moment, laid.get(pk, moment))
    alike = defaultdict(list)
    for pk, moment in laid.items():
        alike[moment].append(pk)
    for moment, keys in alike.items():
        for first in range(0, len(keys), BATCH):
            Annotation.objects.filter(pk__in=keys[first : first + BATCH]).update(laid_at=moment)


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0015_shade_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="annotation",
            name="laid_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(read_from_changes, migrations.RunPython.noop),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0003_annotations"),
    ]

    operations = [
        migrations.AddField(
            model_name="chunk",
            name="layout",
            field=models.PositiveSmallIntegerField(default=0, help_text="the laying that made the html"),
        ),
        migrations.AddField(
            model_name="chunk",
            name="note_end",
            field=models.PositiveIntegerField(blank=True, help_text="where the last of them ends", null=True),
        ),
        migrations.AddField(
            model_name="chunk",
            name="note_start",
            field=models.PositiveIntegerField(
                blank=True, help_text="where the first of them begins", null=True
            ),
        ),
        migrations.AddField(
            model_name="chunk",
            name="runs",
            field=models.JSONField(default=list),
        ),
    ]

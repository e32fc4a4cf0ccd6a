import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0012_share"),
    ]

    operations = [
        migrations.AddField(
            model_name="link",
            name="others",
            field=models.BooleanField(
                default=False,
                help_text="whether it gives to anyone what others than its maker wrote in classes",
            ),
        ),
        # There are no snapshots yet: nothing took one before.
        migrations.AddField(
            model_name="snapshot",
            name="left",
            field=models.ForeignKey(
                default=None,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="reader.document",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="snapshot",
            name="right",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="reader.document",
            ),
        ),
        migrations.CreateModel(
            name="SnapshotPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("side", models.CharField(max_length=5)),
                ("position", models.PositiveIntegerField()),
                ("data", models.JSONField(default=dict)),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="reader.snapshot",
                    ),
                ),
            ],
            options={
                "ordering": ("snapshot", "side", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("snapshot", "side", "position"), name="snapshot_part_once"
                    )
                ],
            },
        ),
    ]

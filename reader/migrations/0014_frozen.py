from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0013_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="frozen",
            name="layer",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="frozen",
            name="places",
            field=models.JSONField(default=list),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0006_codebook_trash"),
    ]

    operations = [
        migrations.AddField(
            model_name="shade",
            name="ranges",
            field=models.JSONField(default=list),
        ),
    ]

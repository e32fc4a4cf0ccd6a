from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0016_annotation_laid_at"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(
                condition=models.Q(("hidden_at__isnull", False)),
                fields=["hidden_at"],
                name="annotation_hidden",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["verb", "-id"], name="change_verb"),
        ),
    ]

"""Who is editing right now, in a table that is not written to PostgreSQL's log."""

from django.db import migrations, models


def not_logged(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE live_presence SET UNLOGGED")


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ledger_id", models.UUIDField()),
                ("actor", models.UUIDField()),
                ("tab", models.UUIDField()),
                ("entity", models.UUIDField()),
                ("part", models.CharField(blank=True, max_length=40)),
                ("audience", models.CharField(max_length=10)),
                ("role", models.CharField(max_length=20)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("named_to", models.CharField(max_length=10)),
                ("until", models.FloatField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("actor", "ledger_id", "tab", "entity", "part"), name="presence_once"
                    )
                ],
            },
        ),
        migrations.RunPython(not_logged, migrations.RunPython.noop),
    ]

"""The account `system`: writes in the name of commands, sees all, cannot log in."""

from django.db import migrations


def make(apps, schema_editor):
    apps.get_model("cadres", "Account").objects.get_or_create(
        username="system",
        defaults={"full_name": "Hệ thống", "role": "system", "password": "!khong-dang-nhap"},
    )


class Migration(migrations.Migration):
    dependencies = [("cadres", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]

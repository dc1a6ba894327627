"""Foreign keys whose index another one begins with have no index of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cadres', '0009_finding'),
    ]

    operations = [
        migrations.AlterField(
            model_name='change',
            name='batch',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='cadres.importbatch'),
        ),
        migrations.AlterField(
            model_name='importcoverage',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.unit'),
        ),
        migrations.AlterField(
            model_name='importrow',
            name='batch',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='cadres.importbatch'),
        ),
        migrations.AlterField(
            model_name='importrow',
            name='raw',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='posting',
            name='official',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='postings', to='cadres.official', verbose_name='cán bộ'),
        ),
        migrations.AlterField(
            model_name='qualification',
            name='official',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='qualifications', to='cadres.official', verbose_name='cán bộ'),
        ),
    ]

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inspections", "0002_who_goes_on_which_visit")]

    operations = [migrations.RemoveField(model_name="drawnvisit", name="inspectors")]

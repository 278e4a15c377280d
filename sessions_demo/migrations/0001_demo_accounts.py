from django.contrib.auth.hashers import make_password
from django.db import migrations

# The login lesson prints this password and fills it in. It is not meant to keep anybody out.
USERNAMES = ["ada", "grace"]
PASSWORD = "throw-away"


def create_accounts(apps, schema_editor):
    """Create the accounts of the login lesson, unless somebody made one by that name."""
    User = apps.get_model("auth", "User")
    for username in USERNAMES:
        User.objects.get_or_create(
            username=username, defaults={"password": make_password(PASSWORD)}
        )


def delete_accounts(apps, schema_editor):
    """Delete the accounts of the login lesson."""
    apps.get_model("auth", "User").objects.filter(username__in=USERNAMES).delete()


class Migration(migrations.Migration):
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(create_accounts, delete_accounts)]

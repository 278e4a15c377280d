"""The site's settings, read anew in a process of its own."""

import os
import subprocess
import sys

from django.conf import settings

SET_UP = "import django; django.setup();"


def in_a_new_process(code, check=True, setup=True, **environment):
    """Run `code` with the settings as they are in development, and return the result.

    `environment` is added to the variables of this process. Without `setup`, Django is left for
    `code` to start.
    """
    return run(["-c", (SET_UP if setup else "") + code], check, **environment)


def manage(*arguments, **environment):
    """Run `manage.py` with the settings as they are in development, and return the result."""
    return run(["manage.py", *arguments], check=False, **environment)


def run(arguments, check, **environment):
    """Run this Python with those arguments, and return the result."""
    inherited = {key: value for key, value in os.environ.items() if key != "PYTEST_VERSION"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={
            **inherited,
            "DJANGO_SETTINGS_MODULE": "demo_site.settings",
            "ALLOWED_HOSTS": "testserver",
            **environment,
        },
        capture_output=True,
        text=True,
        check=check,
    )

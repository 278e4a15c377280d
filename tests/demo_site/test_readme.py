"""The README, where a command of it can be run."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command


@pytest.mark.django_db
def test_command_of_the_tour_edits_the_row_as_it_is_pasted():
    session = SessionStore()
    session["user_name"] = "Ada"
    session.save()
    text = Path(settings.BASE_DIR, "README.md").read_text(encoding="utf-8")

    (code,) = re.findall(r'shell -c "(.*?)"\n', text, re.DOTALL)
    # What a shell makes of a backslash at the end of a line
    call_command("shell", command=code.replace("\\\n", ""), verbosity=0)

    assert SessionStore(session.session_key)["user_name"] == "Somebody else"

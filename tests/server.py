"""A real server, as `make run` starts it: no browser is needed."""

import os
import socket
import subprocess
import sys
import time
import urllib.request

from django.conf import settings


class Site:
    """A running server with a database of its own. `url` has no slash at its end."""

    def __init__(self, folder, **environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = folder / "site.sqlite3"
        # Without PYTEST_VERSION, or the settings would take the server for a test.
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")},
            "DATABASE_URL": f"sqlite:///{self.database}",
            **environment,
        }
        self.manage("migrate", "--verbosity", "0")
        self.log = (folder / "server.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", str(self.port)],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
        )
        self.wait_until_it_answers()

    def manage(self, *arguments):
        """Run `manage.py` with the server's settings, and return what it printed."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def wait_until_it_answers(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/cookies/why/"):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"The server did not answer; see {self.log.name}.")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.log.close()

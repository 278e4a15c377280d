"""The ASGI application: what a server such as uvicorn or granian imports."""

import os

from django.core.asgi import get_asgi_application

from demo_site.gate import guard_asgi

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "demo_site.settings")
# Each request may run in another thread, and a connection belongs to the thread that opened it:
# one that is kept open is not found again, and stays open until it is too many.
os.environ["CONN_MAX_AGE"] = "0"

application = guard_asgi(get_asgi_application())

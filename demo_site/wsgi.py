"""The WSGI application: what a server such as waitress or gunicorn imports."""

import os

from django.core.wsgi import get_wsgi_application

from demo_site.gate import guard_wsgi

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "demo_site.settings")

application = guard_wsgi(get_wsgi_application())

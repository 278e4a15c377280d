from django.urls import path

from course import run_pages

app_name = "notes"

urlpatterns = [
    path("run/<slug:part>/<slug:name>/", run_pages.run, name="run"),
    path("run/<slug:part>/<slug:name>/write/", run_pages.write, name="write"),
    path("run/<slug:part>/<slug:name>/forget/", run_pages.forget, name="forget"),
]

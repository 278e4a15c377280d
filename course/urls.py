from django.urls import path

from course.snippets import pages

app_name = "notes"

urlpatterns = [
    path("run/<slug:part>/<slug:name>/", pages.run, name="run"),
    path("run/<slug:part>/<slug:name>/write/", pages.write, name="write"),
    path("run/<slug:part>/<slug:name>/forget/", pages.forget, name="forget"),
]

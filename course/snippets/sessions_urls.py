"""Where the names lead that the session views of the notes redirect to."""

from django.urls import path

from course.snippets.pages import run

urlpatterns = [
    path("notes/run/sessions/login_view/", run, name="login"),
    path("notes/run/sessions/dashboard/", run, name="dashboard"),
]

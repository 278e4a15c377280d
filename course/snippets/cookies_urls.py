"""Where the names lead that the cookie views of the notes redirect to."""

from django.urls import path

from course.snippets.pages import run

urlpatterns = [
    path("notes/run/cookies/login_view/", run, name="login"),
    path("notes/run/cookies/dashboard/", run, name="dashboard"),
]

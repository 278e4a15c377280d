"""Where the names lead that the notes’ views redirect to."""

from django.urls import path

from course.run_pages import run

urlpatterns = [
    path("notes/run/sessions/login_view/", run, name="login"),
    path("notes/run/sessions/dashboard/", run, name="dashboard"),
]

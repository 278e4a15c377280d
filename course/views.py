"""The pages around the lessons: home, the developer tools, and the notes."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from course.notes import sections


@require_safe
def home(request):
    """Say what this site is, show this request, and list the lessons by chapter."""
    return render(request, "course/home.html")


@require_safe
def developer_tools(request):
    """Say where each browser shows its cookies, and the headers of a request."""
    return render(request, "course/developer_tools.html")


@require_safe
def notes(request):
    """Show the notes' own words and code beside what holds, and the place that shows it."""
    statements = [statement for section in sections() for statement in section.statements]
    corrections = sum(section.corrections for section in sections())
    context = {"sections": sections(), "statements": statements, "corrections": corrections}
    return render(request, "course/notes.html", context)

"""The pages around the lessons: the list of them, and the notes that they are built from."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from course.notes import sections


@require_safe
def home(request):
    """Say what this site is, and list the lessons in reading order."""
    return render(request, "course/home.html")


@require_safe
def notes(request):
    """Show the notes' own words and code beside what holds, and the place that shows it."""
    statements = [statement for section in sections() for statement in section.statements]
    corrections = sum(section.corrections for section in sections())
    context = {"sections": sections(), "statements": statements, "corrections": corrections}
    return render(request, "course/notes.html", context)

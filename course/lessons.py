"""The course: what a lesson is, and in which order the lessons are read."""

import inspect
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from course.snippets import COOKIES as NOTES_COOKIES


@dataclass(frozen=True)
class Lesson:
    """One lesson: one URL, one view function, one template, one name.

    `view` is that name, such as "sessions_demo:set_session". `title` heads the page, and
    `remember` is the one sentence to take away. `minutes` is how long a learner needs to predict,
    do and read, in whole minutes. `marks` are pairs of a part of a line of the view and what that
    line has to do with, a key of `course.templatetags.lesson.MADE`: the page marks it, and links it
    to that place in the panel. `cookies` are pairs of name and path of the cookies that the
    lesson sets, so that "start over" can delete them; `wide_cookies` are pairs of name and
    `Domain` of those that have one.
    """

    view: str
    title: str
    remember: str
    minutes: int
    marks: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    wide_cookies: tuple[tuple[str, str], ...] = ()

    @property
    def url(self):
        """The path of the lesson's page."""
        return reverse(self.view)

    @property
    def template(self):
        """The name of the lesson's template."""
        return self.view.replace(":", "/") + ".html"


@dataclass(frozen=True)
class Chapter:
    """Lessons that belong together: a title, one sentence, and the lessons in reading order."""

    title: str
    summary: str
    lessons: tuple[Lesson, ...]

    @property
    def minutes(self):
        """How many minutes all its lessons take."""
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True)
class Track:
    """A part of the course: its title, what it leads to, and its chapters in reading order."""

    title: str
    summary: str
    chapters: tuple[Chapter, ...]

    @property
    def lessons(self):
        """The lessons of all its chapters, in reading order."""
        return tuple(lesson for chapter in self.chapters for lesson in chapter.lessons)


@dataclass(frozen=True)
class Place:
    """Where a lesson stands: its track, its chapter, its number in the track, and its neighbors."""

    lesson: Lesson
    track: Track
    chapter: Chapter
    number: int
    previous: Lesson | None
    next: Lesson | None


@cache
def tracks():
    """Return the `Track`s that the setting COURSE_TRACKS names, in its order.

    Raise `ImportError` if a name there leads nowhere.
    """
    return tuple(map(import_string, settings.COURSE_TRACKS))


@cache
def places():
    """Return a dictionary from the name of each lesson's view to its `Place`."""
    order = [
        (track, chapter, lesson)
        for track in tracks()
        for chapter in track.chapters
        for lesson in chapter.lessons
    ]
    lessons = [lesson for _, _, lesson in order]
    neighbors = zip([None, *lessons[:-1]], [*lessons[1:], None], strict=True)
    return {
        lesson.view: Place(lesson, track, chapter, 1 + track.lessons.index(lesson), *beside)
        for (track, chapter, lesson), beside in zip(order, neighbors, strict=True)
    }


def place_of(request):
    """Return the `Place` of the lesson that answers `request`, or None on any other page."""
    match = request.resolver_match
    return places().get(match.view_name) if match else None


def lesson_cookies():
    """Return pairs of name and path: the cookies that the lessons and the notes' views set."""
    lessons = [lesson for track in tracks() for lesson in track.lessons]
    return [*NOTES_COOKIES, *(cookie for lesson in lessons for cookie in lesson.cookies)]


def source_of(view):
    """Return the source of `view` as (code, file, line): text, absolute path, line number.

    The decorators' lines are part of the source. Without `unwrap`, the file would be the one
    that the outermost decorator is defined in.
    """
    function = inspect.unwrap(view)
    lines, first_line = inspect.getsourcelines(function)
    return "".join(lines), inspect.getsourcefile(function), first_line

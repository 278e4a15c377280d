"""Search over lessons, questions and statements.

A page is found if it has every word asked for, at the beginning of a word: "sign" finds "signed",
and "cookie" finds "set_cookie". For each word, a page gets points for the best place that has
it: its title counts most, then its leading sentence, then the rest. Among pages with equal points,
the one that has the words more often comes first.
"""

import re
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

from django.shortcuts import render
from django.template.base import TextNode, VariableNode
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from course.lessons import places
from course.texts import plain
from interview_prep.bank import bank

MAX_LENGTH = 80  # characters
POINTS = {"title": 9, "lead": 3, "text": 1}
EXCERPT = 160  # characters
# Elements that may stand in the middle of a word
INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "kbd", "mark", "q", "small", "span", "strong"}


@dataclass(frozen=True)
class Page:
    """What can be found. `lead` is the sentence that says most, and `text` is the rest."""

    kind: str
    url: str
    title: str
    lead: str
    text: str


@dataclass(frozen=True)
class Result:
    """A page that was found. Its texts are markup, in which the words asked for are marked."""

    page: Page
    title: str
    lead: str
    excerpt: str


@require_safe
def search(request):
    """Find lessons, questions and statements that have all the words asked for."""
    query = " ".join(request.GET.get("q", "").split())
    context, status = {"query": query, "max_length": MAX_LENGTH}, 200
    if len(query) > MAX_LENGTH:
        context["query"], status = "", 400
        context["error"] = f"A search can have at most {MAX_LENGTH} characters."
    elif query:
        context["results"] = find(query)
    return render(request, "demo_site/search.html", context, status=status)


def find(query):
    """Return a `Result` for each page that has all words of `query`, best first."""
    words = words_of(query)
    # Only if no page has the words as they are: "engines" finds "engine".
    return find_words(words) or find_words([word.removesuffix("s") or word for word in words])


def words_of(query):
    """Return the words in a text, each once."""
    return list(dict.fromkeys(re.findall(r"\w+", query.lower())))


def find_words(words):
    """Return a `Result` for each page that has all `words`, best first."""
    if not words:
        return []
    patterns = [pattern_of([word]) for word in words]
    any_word = pattern_of(sorted(words, key=len, reverse=True))
    found = []
    for page in pages():
        if all(points_of(page, pattern) for pattern in patterns):
            points = sum(points_of(page, pattern) for pattern in patterns)
            often = len(any_word.findall(f"{page.title} {page.lead} {page.text}"))
            found.append((points, often, page))
    found.sort(key=lambda entry: entry[:2], reverse=True)
    return [result_of(page, any_word, len(patterns)) for _, _, page in found]


def pattern_of(words):
    """Return a pattern for any of `words` at the beginning of a word. "_" separates words."""
    return re.compile(rf"(?<![^\W_])({'|'.join(words)})", re.IGNORECASE)


def points_of(page, pattern):
    """Return the points for the best place on the page that has the word, or 0."""
    return max(
        (points for place, points in POINTS.items() if pattern.search(getattr(page, place))),
        default=0,
    )


def result_of(page, pattern, count):
    """Return the `Result` for a page that has the `count` words of `pattern`."""
    in_lead = {match.lower() for match in pattern.findall(page.lead)}
    excerpt = "" if len(in_lead) == count else excerpt_of(page.text, pattern)
    return Result(page, *(marked(text, pattern) for text in (page.title, page.lead, excerpt)))


def excerpt_of(text, pattern):
    """Return the part of `text` that has the most different words of `pattern`, or ""."""
    best, most = None, 0
    for match in pattern.finditer(text):
        start = match.start()
        near = {word.lower() for word in pattern.findall(text, start, start + EXCERPT)}
        if len(near) > most:
            best, most = start, len(near)
    if best is None:
        return ""
    # Begin and end between words, a little before the match.
    start = text.rfind(" ", 0, max(best - EXCERPT // 4, 0)) + 1
    end = text.find(" ", best + EXCERPT)
    end = len(text) if end == -1 else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def marked(text, pattern):
    """Return `text` as markup in which what `pattern` matches is marked."""
    parts = pattern.split(text)  # every second part is a match
    parts = [f"<mark>{escape(p)}</mark>" if n % 2 else escape(p) for n, p in enumerate(parts)]
    return mark_safe("".join(parts))


@cache
def pages():
    """Return every `Page`: lessons, questions, statements, each in their order.

    Made once, so an edited template is searched as it was when the server started.
    """
    return (
        *map(page_of_lesson, places().values()),
        *map(page_of_question, bank().questions),
        *map(page_of_myth, bank().myths),
    )


def page_of_lesson(place):
    """Return the `Page` of the lesson at `place`."""
    lesson = place.lesson
    kind, text = f"Lesson, {place.track.title}", text_of(lesson.template)
    return Page(kind, lesson.url, lesson.title, lesson.remember, text)


def page_of_question(question):
    """Return the `Page` that is a question's card."""
    url = reverse("interview_prep:card", args=[question.id])
    text = f"{question.answer} {question.follow_up} {question.follow_up_answer}"
    kind = f"Question, tier {question.tier}"
    return Page(kind, url, plain(question.question), plain(question.short), plain(text))


def page_of_myth(myth):
    """Return the `Page` that stands for a myth: its place among the statements."""
    url = f"{reverse('interview_prep:myths')}#{myth.id}"
    return Page("True or false", url, plain(myth.statement), plain(myth.why), "")


def text_of(template_name):
    """Return what a template itself says to a reader, without markup.

    The template is parsed, not rendered: rendering needs a view's context, and would bring in
    what is on every page. A value that only a view knows is an ellipsis.
    """
    nodes = get_template(template_name).template.nodelist
    said = nodes.get_nodes_by_type((TextNode, VariableNode))
    reader = Reader()
    reader.feed("".join(node.s if isinstance(node, TextNode) else "…" for node in said))
    reader.close()
    return " ".join("".join(reader.parts).split())


class Reader(HTMLParser):
    """Collect the text of HTML in `parts`, with spaces where elements keep words apart."""

    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_data(self, data):
        self.parts.append(data)

    def handle_starttag(self, tag, attrs):
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag):
        self.handle_starttag(tag, [])

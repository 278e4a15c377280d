"""Search over lessons, questions, statements and the other pages.

A page is found if it has every word asked for, at the beginning of a word: "sign" finds "signed",
and "cookie" finds "set_cookie". Words such as "what" and "the" do not count. For each word, a page
gets points for the best place that has it: its title counts most, then its leading sentence, then
the rest. A title that is just what was asked for comes first. Among pages with equal points, the
one that has the words more often comes first.

If no page has the words, they are looked for in other ways, one after the other: as the words that
this site uses for the same thing, without their endings, and as known words that look alike. The
page then says what was found instead.
"""

import difflib
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
SAME_TITLE = 30  # points
EXCERPT = 160  # characters
# Elements that may stand in the middle of a word
INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "kbd", "mark", "q", "small", "span", "strong"}

# Words that say nothing about what is looked for
STOP_WORDS = {
    *("a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how"),
    *("i", "is", "it", "its", "me", "my", "of", "on", "or", "that", "the", "this", "to", "was"),
    *("versus", "vs", "what", "when", "where", "which", "who", "why", "with", "you", "your"),
}
# What others say, and what this site says for it
SYNONYMS = {
    "basket": "cart",
    "cross site scripting": "xss",
    "csp": "content security policy",
    "devtools": "developer tools",
    "iframe": "frame",
    "load balancer": "many servers",
    "load balancing": "many servers",
    "race": "same time",
    "race condition": "same time",
    "rest framework": "drf",
    "signout": "sign out",
    "xsrf": "csrf",
}
ENDINGS = ("ization", "ation", "ion", "ing", "ed", "s")
# Subjects that nothing here is about, and the nearest that something is about
NEAREST = {
    "clickjacking": "frame",
    "drf": "csrf token header",
    "oauth": "token",
    "openid": "token",
}
# The pages that are neither lesson nor question: name of the view, title, and what is there
OTHERS = {
    "interview_prep:cheat_sheet": ("Cheat sheet", "Both sides of one sheet of paper, to print."),
    "interview_prep:cards": ("Cards", "All interview questions, by subject and by tier."),
    "interview_prep:mock": ("Mock interview", "Ten questions, from common to hard."),
    "interview_prep:myths": ("True or false", "Statements to decide on, some of them true."),
    "developer_tools": (
        "Open your browser’s developer tools",
        "Where Chrome, Firefox and Safari show cookies and the headers of a request.",
    ),
    "notes": ("The notes, line by line", "What the course is built from, and where it is shown."),
    "start_over": ("Start over", "Be a stranger again: no cookies, no session."),
    "home": ("All lessons", "The course in its order, from the first cookie to the last session."),
}


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


@dataclass(frozen=True)
class Answer:
    """What a search found. `instead` says which words the pages have if not those asked for."""

    results: list
    instead: str = ""


@require_safe
def search(request):
    """Find lessons, questions, statements and pages that have all the words asked for."""
    query = " ".join(request.GET.get("q", "").split())
    context, status = {"query": query, "max_length": MAX_LENGTH}, 200
    if len(query) > MAX_LENGTH:
        context["query"], status = "", 400
        context["error"] = f"A search can have at most {MAX_LENGTH} characters."
    elif query:
        context["answer"] = find(query)
        context["nearest"] = nearest_to(query)
    return render(request, "demo_site/search.html", context, status=status)


def find(query):
    """Return the `Answer` to `query`, read in the first way that finds something."""
    asked = words_of(query)
    if results := find_words(asked):
        return Answer(results)
    ours = in_our_words(asked)
    # To guess at a subject that is spelled right, and not here, would mislead.
    for words in (ours,) if nearest_to(query) else (ours, spelled_right(ours)):
        if results := find_words(words):
            return Answer(results, " ".join(words))
        beginnings = [stem_of(word) for word in words]
        if results := find_words(beginnings):
            return Answer(results, " ".join(f"{word}…" for word in beginnings))
    return Answer([])


def nearest_to(query):
    """Return words that find something, for a query on a subject that the site does not have."""
    words = in_our_words(words_of(query))
    return next((near for subject, near in NEAREST.items() if subject in words), "")


def words_of(query):
    """Return the words in a text, each once, without those that say nothing if others are left."""
    words = list(dict.fromkeys(re.findall(r"\w+", query.lower())))
    return [word for word in words if word not in STOP_WORDS] or words


def in_our_words(words):
    """Return `words` with what others say put in the words of this site."""
    text = f" {' '.join(words)} "
    for theirs in sorted(SYNONYMS, key=len, reverse=True):
        text = text.replace(f" {theirs} ", f" {SYNONYMS[theirs]} ")
    return words_of(text)


def stem_of(word):
    """Return how a word and its other forms begin: "encrypt" for "encryption"."""
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > (2 if ending == "s" else 3):
            return stem
    return word


def spelled_right(words):
    """Return `words` with each that no page has replaced by the known one most like it, if any."""
    return [word if len(word) < 4 or is_known(word) else closest_to(word) for word in words]


def is_known(word):
    """Return whether a page has `word`, whatever its ending."""
    pattern = pattern_of([stem_of(word)])
    return any(points_of(page, pattern) for page in pages())


def closest_to(word):
    """Return the known word that is most like `word`, or `word` if none is much like it."""
    return next(iter(difflib.get_close_matches(word, known_words(), n=1, cutoff=0.75)), word)


def known_words():
    """Return the words of all titles and leading sentences, the short ones left out."""
    said = " ".join(f"{page.title} {page.lead}" for page in pages())
    return [word for word in words_of(said) if len(word) > 3]


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
            if sorted(words_of(page.title)) == sorted(words):
                points += SAME_TITLE
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
    """Return every `Page`: lessons, questions, statements, each in their order, and the others.

    Made once, so an edited template is searched as it was when the server started.
    """
    return (
        *map(page_of_lesson, places().values()),
        *map(page_of_question, bank().questions),
        *map(page_of_myth, bank().myths),
        *(Page("Page", reverse(view), *said, "") for view, said in OTHERS.items()),
    )


def page_of_lesson(place):
    """Return the `Page` of the lesson at `place`."""
    lesson = place.lesson
    kind = f"Lesson, {place.track.title}: {place.chapter.title}"
    text = text_of(lesson.template)
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

"""The pages on which the views of the notes can be run, each next to its mended twin.

The notes' views change things whatever the method is. Here they run only when a form of this
site is posted, so neither a prefetched link nor a page of another site can run them.
"""

from urllib.parse import urlsplit

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_http_methods, require_POST

from course.notes import View, views
from course.running import packed, unpacked
from course.running import run as run_view
from course.snippets import COOKIES, SESSION_KEYS

TWINS = ("noted", "mended")
METHODS = ("GET", "POST")
LONGEST = 60  # characters that a visitor may send
# The account of the login lesson, whose password is printed there
ACCOUNT = {"username": "ada", "password": "throw-away"}
SCRIPT = "<script>alert(1)</script>"


@require_http_methods(["GET", "HEAD", "POST"])
def run(request, part, name):
    """Show a view of the notes and its mended twin, and run the one that is asked for."""
    view = view_named(part, name)
    if request.method != "POST":
        return page(request, view)
    if error := fault_in(request, *ACCOUNT):
        return page(request, view, error=error)
    twin, _, method = request.POST.get("run", "").partition(" ")
    if twin not in TWINS or method not in METHODS:
        return page(request, view, error="Choose one of the buttons.")
    # The page remembers what the other twin answered; nothing is stored for that.
    answers = {each: unpacked(request.POST.get(each, ""), view, each) for each in TWINS}
    answers[twin], cookies = run_view(request, getattr(view, twin), method, part)
    response = page(request, view, answers)
    response.cookies.update(cookies)
    return response


@require_POST
def write(request, part, name):
    """Write what the view reads, as a visitor could: into the cookie or into the session."""
    view = view_named(part, name)
    _, _, snippet = views()[view]
    if not snippet.reads:
        raise Http404
    value = request.POST.get("value", "")
    if not value:
        return page(request, view, error="Write at least one character.")
    if error := fault_in(request, "value"):
        return page(request, view, error=error)
    response = redirect(f"{view.url}#twins")
    if part == "sessions":
        request.session[snippet.reads] = value
    else:
        response.set_cookie(snippet.reads, value)
    return response


@require_POST
def forget(request, part, name):
    """Delete what the notes' views have left: their cookies, and their keys in the session."""
    view = view_named(part, name)
    for key in SESSION_KEYS:
        request.session.pop(key, None)
    if not request.session.keys():
        request.session.flush()
    response = redirect(f"{view.url}#twins")
    for cookie, path in COOKIES:
        if cookie in request.COOKIES:
            response.delete_cookie(cookie, path=path)
    return response


def view_named(part, name):
    """Return the `View` of the notes with that name. Raise `Http404` if there is none."""
    view = View(part, name)
    if view not in views():
        raise Http404
    return view


def fault_in(request, *fields):
    """Return a sentence about the first of the fields that is no short plain text, or ""."""
    for field in fields:
        value = request.POST.get(field, "")
        if len(value) > LONGEST:
            return f"At most {LONGEST} characters, please. Nothing was run or written."
        # A cookie can carry no more than this, and a NUL would stop some databases.
        if not (value.isascii() and value.isprintable()):
            return "Plain letters, digits and signs of ASCII only. Nothing was run or written."
    return ""


def page(request, view, answers=None, error=""):
    """Return the page of `view` as a response, with the answers so far or with an error."""
    section, statement, snippet = views()[view]
    answers = answers or {}
    twins = [
        {
            "name": twin,
            "source": f"course.snippets.{view.part}_{suffix}.{view.name}",
            "answer": answers.get(twin),
            "next": next_view(answers.get(twin)),
        }
        for twin, suffix in zip(TWINS, ("as_noted", "mended"), strict=True)
    ]
    context = {
        "view": view,
        "section": section,
        "statement": statement,
        "snippet": snippet,
        "twins": twins,
        "methods": METHODS,
        "packed": {twin: packed(answer, view, twin) for twin, answer in answers.items() if answer},
        "account": ACCOUNT if view.name == "login_view" else {},
        "script": SCRIPT,
        "longest": LONGEST,
        "cookies": [cookie for cookie, _ in COOKIES],
        "session_keys": SESSION_KEYS,
        "error": error,
    }
    return render(request, "course/run.html", context, status=400 if error else 200)


def next_view(answer):
    """Return the `View` that a redirect leads to, or None if the answer is not a redirect."""
    if not answer or not answer.location:
        return None
    try:
        match = resolve(urlsplit(answer.location).path)
    except Resolver404:
        return None
    return View(**match.kwargs) if match.view_name == "notes:run" else None

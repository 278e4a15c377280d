"""Make a browser a stranger to the site again."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_http_methods

from course.lessons import lesson_cookies, places
from live_panel import history


@require_http_methods(["GET", "HEAD", "POST"])
def start_over(request):
    """Forget this browser: its cookies, its session row and its history."""
    if request.method == "POST":
        history.forget(request)
        # SessionMiddleware sees the empty session and deletes the cookie too.
        request.session.flush()
        response = redirect(lesson_at(request.POST.get("next", "")))
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite=settings.CSRF_COOKIE_SAMESITE)
        for name, path in lesson_cookies():
            # A cookie with a narrow path is not sent here, so it may be there unseen.
            if name in request.COOKIES or path != "/":
                delete_cookie_at(response, name, path)
        return response
    return render(request, "demo_site/start_over.html")


def lesson_at(path):
    """Return the URL of the lesson that has this path, or of the first lesson."""
    try:
        view_name = resolve(path).view_name
    except Resolver404:
        view_name = None
    first, *_ = places()
    return places().get(view_name, places()[first]).lesson.url


def delete_cookie_at(response, name, path):
    """Delete a cookie from the browser, also when `response` deletes its name at another path.

    A response keeps one cookie for each name, but its dictionary does not insist that the key be
    the name, and sends every value in it.
    """
    other = HttpResponse()
    other.delete_cookie(name, path=path)
    response.cookies[f"{name} {path}"] = other.cookies[name]

"""Make a browser a stranger to the site again.

The form goes to `forget_engines`, which sends it on to `forget_expired`, and that to `start_over`:
307 lets a browser repeat a POST at another address. A cookie with a narrow path comes only to a
request below that path, and what the server keeps for it can be found in no other way.
"""

import re
from hashlib import sha256

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cookies_demo.experiments import samesite
from course.lessons import lesson_cookies, places
from interview_prep import mock_interview
from live_panel import history
from sessions_demo.apparatus import timeline
from sessions_demo.apparatus.accounts import THROW_AWAY
from sessions_demo.apparatus.clocks import short_lived_keys
from sessions_demo.apparatus.engines import under_every_engine
from sessions_demo.models import Product, Tally


@require_POST
@under_every_engine
def forget_engines(request):
    """Delete the sessions of the lesson on engines: row, cache entries and file."""
    for session in request.sessions.values():
        session.flush()
    return redirect("forget_expired", preserve_request=True)


@require_POST
def forget_expired(request):
    """Delete the rows that this browser let expire in the lesson on clearing them."""
    rows = Session.objects.filter(pk__in=short_lived_keys(request))
    rows.filter(expire_date__lte=timezone.now()).delete()
    response = redirect("start_over", preserve_request=True)
    # Here and not at the end: some clients read no more than a hundred headers of one response.
    for place in places().values():
        delete_cookie_at(response, settings.CSRF_COOKIE_NAME, place.lesson.url)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def start_over(request):
    """Forget this browser: its cookies, and what the server keeps for it."""
    if request.method == "POST":
        history.forget(request)
        forget_experiments(request)
        # SessionMiddleware sees the empty session and deletes the cookie too.
        request.session.flush()
        first, *_ = places().values()
        lesson = lesson_at(request.POST.get("next", "")) or first.lesson
        response = redirect(lesson.url)
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite=settings.CSRF_COOKIE_SAMESITE)
        delete_cookies(request, response)
        return response
    context = {"lesson": lesson_at(request.GET.get("next", ""))}
    return render(request, "demo_site/start_over.html", context)


def lesson_at(path):
    """Return the `Lesson` that has this path, or None."""
    try:
        place = places().get(resolve(path).view_name)
    except Resolver404:
        return None
    return place and place.lesson


def forget_experiments(request):
    """Delete the cache entries and rows that the experiments made for this browser.

    The cookies and the session say which they are. Cookies are hostile text, so they count only
    if they are signed, or if they are the secret itself.
    """
    visitor = request.get_signed_cookie("visitor", default=None)
    account = request.get_signed_cookie("toy_account", default=None)
    password = sha256(request.COOKIES.get("password", "").encode()).hexdigest()
    cache.delete_many([f"visitor:{visitor}", f"toy_account:{account}", f"toy_password:{password}"])
    for run in {request.COOKIES.get(name, "") for name in samesite.COOKIES}:
        if re.fullmatch(samesite.RUN, run):
            cache.delete_many([f"samesite:{run}:{kind}" for kind in samesite.RULES])

    run = request.session.get("run", {}).get("number")
    cache.delete_many([timeline.key(run, who) for who in timeline.REQUESTS])
    Tally.objects.filter(pk=run).delete()
    Product.objects.filter(pk=request.session.get("on_sale")).delete()
    SessionStore(request.session.get("other_browser")).delete()
    if request.user.username.startswith(THROW_AWAY):
        request.user.delete()


def delete_cookies(request, response):
    """Delete the cookies that this site may have set, as far as a browser lets this host do it."""
    host, _ = split_domain_port(request.get_host())
    for name, path in [*lesson_cookies(), *other_cookies()]:
        # A cookie with a narrow path is not sent here, so it may be there unseen.
        if name in request.COOKIES or path != "/":
            delete_cookie_at(response, name, path)
    for place in places().values():
        for name, domain in place.lesson.wide_cookies:
            # A browser lets no other host delete it.
            if f".{host}".endswith(f".{domain}"):
                delete_cookie_at(response, name, "/", domain)


def other_cookies():
    """Return pairs of name and path: the cookies that no lesson sets.

    Another server on this host can plant a `csrftoken` or a session key with a narrow path. It
    would outlive the one at `/`, and take its place on the pages below its path.
    """
    lessons = {place.lesson.url for place in places().values()}
    interview = reverse("interview_prep:home")
    folders = {interview, *(url[: url.rindex("/", 0, -1) + 1] for url in lessons)}
    return [
        (mock_interview.COOKIE, interview),
        *(
            (name, path)
            for name in (settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME)
            for folder in sorted(folders)
            for path in (folder, folder.rstrip("/"))
        ),
    ]


def delete_cookie_at(response, name, path, domain=None):
    """Delete a cookie from the browser, also when `response` deletes its name at another path.

    A response keeps one cookie for each name, but its dictionary does not insist that the key be
    the name, and sends every value in it.
    """
    other = HttpResponse()
    other.delete_cookie(name, path=path, domain=domain)
    # Django keeps the promise of __Secure- and __Host- here. Browsers know one more.
    if name.startswith("__Http-"):
        other.cookies[name].update({"secure": True, "httponly": True})
    response.cookies[f"{name} {path} {domain}"] = other.cookies[name]

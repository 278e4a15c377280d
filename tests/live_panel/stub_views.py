"""URLs and views of an ordinary project around the panel, for its tests. It is no lesson.

`MIDDLEWARE` is what such a project lists. A test that wants something to happen in the middle of a
request puts a function into `during`: the view takes it out and calls it.
"""

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.models import Group
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.middleware.csrf import get_token, rotate_token
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_POST

from live_panel import history
from live_panel.placeholder import PLACEHOLDER, live_panel

RECORDER = "live_panel.middleware.ExchangeRecorder"
SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
MIDDLEWARE = [
    RECORDER,
    SESSION,
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
URLCONF = "tests.live_panel.stub_views"

# A page prints its panel between these, so that a test can take it out.
LEFT, RIGHT = "<!--[-->", "<!--]-->"

during = []


def document(request):
    return f"<!doctype html><title>A page</title>{LEFT}{live_panel(request)}{RIGHT}<p>The end</p>"


def page(request, word=""):
    """A page with a form, as far as its cookies are concerned, and the panel."""
    if during:
        during.pop()()
    get_token(request)
    return HttpResponse(document(request))


def reading(request):
    """A page that reads the session."""
    value = request.session.get("note", "nothing") if hasattr(request, "session") else "no session"
    return HttpResponse(f"<p>{value}</p>{document(request)}")


TEMPLATE = (
    "{% load live_panel %}<title>A page</title>" + LEFT + "{% live_panel %}" + RIGHT + "{{ note }}"
)


def tag(request):
    """A page that prints the panel by its tag. `note` shows whether the host escapes."""
    template = engines.all()[0].from_string(TEMPLATE)
    return HttpResponse(template.render({"note": "<i>&</i>"}, request))


def api(request, word=""):
    if during:
        during.pop()()
    return JsonResponse({"placeholder": PLACEHOLDER, "path": request.path})


def away(request):
    return redirect("/page/")


def stream(request):
    return StreamingHttpResponse([PLACEHOLDER.encode(), b" and the end"])


def missing(request):
    raise Http404


def typeless(request):
    """An answer without Content-Type, which could be a page."""
    response = HttpResponse(document(request))
    del response["Content-Type"]
    return response


def forgetful(request):
    """A page of a view that takes the request's cookies away."""
    request.COOKIES = {}
    return HttpResponse(document(request))


def clearing(request):
    request.COOKIES.clear()
    del request.COOKIES
    request.META.pop("HTTP_COOKIE", None)
    return HttpResponse(document(request))


@require_POST
def write(request):
    """Keep a note in the session, and a row in the database."""
    if during:
        during.pop()()
    note = request.POST.get("note", "")
    if hasattr(request, "session"):
        request.session["note"] = note
    if request.POST.get("group"):
        Group.objects.create(name=request.POST["group"])
    response = redirect("/page/")
    response.set_cookie("flavour", "mint", path="/page/")
    return response


@require_POST
def sign_in(request):
    if during:
        during.pop()()
    login(request, get_user_model().objects.get(username=request.POST["name"]))
    return redirect("/page/")


@require_POST
def sign_out(request):
    logout(request)
    return redirect("/page/")


@require_POST
def flush(request):
    if hasattr(request, "session"):
        request.session.flush()
    return redirect("/page/")


@require_POST
def drop_cookie(request):
    """Take the session cookie back. The row stays, and whoever has the key can open it."""
    response = redirect("/page/")
    response.delete_cookie("sessionid")
    return response


@require_POST
def cycle(request):
    """Change both cookies that the panel knows a browser by."""
    request.session.cycle_key()
    rotate_token(request)
    return redirect("/page/")


@require_POST
def start_over(request):
    """What the site does: forget the browser, then its session and its token."""
    history.forget(request)
    request.session.flush()
    response = redirect("/page/")
    response.delete_cookie("csrftoken")
    return response


@require_POST
def forget_only(request):
    history.forget(request)
    return HttpResponse(status=204)


async def async_page(request):
    if during:
        during.pop()()
    get_token(request)
    return HttpResponse(document(request))


async def async_reading(request):
    value = await request.session.aget("note", "nothing")
    return HttpResponse(f"<p>{value}</p>{document(request)}")


async def async_write(request):
    await request.session.aset("note", request.POST.get("note", ""))
    response = redirect("/async/reading/")
    response.set_cookie("flavour", "mint")
    return response


async def async_flush(request):
    await request.session.aflush()
    return redirect("/async/page/")


async def async_stream(request):
    async def parts():
        yield PLACEHOLDER.encode()
        yield b" and the end"

    return StreamingHttpResponse(parts())


async def async_boom(request):
    await request.session.aset("lost", True)
    await sync_to_async(int)("1")
    raise RuntimeError("boom")


urlpatterns = [
    path("page/", page),
    path("reading/", reading),
    path("private/<str:word>/", page),
    path("tag/", tag),
    path("api/", api),
    path("api/<str:word>/", api),
    path("away/", away),
    path("stream/", stream),
    path("missing/", missing),
    path("typeless/", typeless),
    path("forgetful/", forgetful),
    path("clearing/", clearing),
    path("write/", write),
    path("sign-in/", sign_in),
    path("sign-out/", sign_out),
    path("flush/", flush),
    path("drop-cookie/", drop_cookie),
    path("cycle/", cycle),
    path("start-over/", start_over),
    path("forget-only/", forget_only),
    path("async/page/", async_page),
    path("async/reading/", async_reading),
    path("async/write/", async_write),
    path("async/flush/", async_flush),
    path("async/stream/", async_stream),
    path("async/boom/", async_boom),
    path("live-panel/", include("live_panel.urls")),
]

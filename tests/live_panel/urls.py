"""Stub views, each named for what it does. A page prints the panel and nothing else."""

from django.contrib.auth import get_user_model, login, logout
from django.contrib.sessions.backends.cache import SessionStore as CacheStore
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.middleware.csrf import rotate_token
from django.template import engines
from django.urls import include, path

from live_panel.placeholder import PLACEHOLDER

PAGE = """{% load live_panel %}<!doctype html>
<html lang="en"><head><title>Stub</title></head>
<body><main>{% if form %}<form method="post">{% csrf_token %}</form>{% endif %}</main>
{% live_panel %}
</body></html>
"""


def show(request, status=200, form=False):
    """Return a page with the panel."""
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"form": form}, request), status=status)


# Pages that do nothing to the session


def untouched(request, **kwargs):
    return show(request)


def form(request):
    return show(request, form=True)


def beside(request):
    """A page that says the headline beside two buttons, too."""
    if request.method == "POST":
        request.session["note"] = request.POST["note"]
    headline = "<b>{% live_panel_headline %}</b>"
    template = engines["django"].from_string(PAGE.replace("<main>", f"<main>{headline * 2}"))
    return HttpResponse(template.render({"form": True}, request))


def bare(request):
    return HttpResponse("<!doctype html><title>No panel</title>")


def described(request):
    response = show(request)
    response["ETag"] = '"of-the-view"'
    response["Expires"] = "Wed, 21 Oct 2099 07:28:00 GMT"
    response["Last-Modified"] = "Wed, 21 Oct 2020 07:28:00 GMT"
    response["Cache-Control"] = "max-age=600"
    response["Content-Length"] = str(len(response.content))
    return response


def described_without_panel(request):
    return HttpResponse(
        "<p>No panel</p>",
        headers={"ETag": '"of-the-view"', "Expires": "0", "Cache-Control": "max-age=600"},
    )


def latin(request):
    text = f"<p>é</p>{PLACEHOLDER}"
    return HttpResponse(text.encode("latin-1"), content_type="text/html; charset=iso-8859-1")


def stream(request):
    return StreamingHttpResponse([PLACEHOLDER.encode()])


def plain(request):
    return HttpResponse(PLACEHOLDER, content_type="text/plain")


def data(request):
    return JsonResponse({"placeholder": PLACEHOLDER})


def compressed(request):
    return HttpResponse(PLACEHOLDER, headers={"Content-Encoding": "br"})


def image(request):
    return HttpResponse(b"GIF89a", content_type="image/gif")


def frame(request):
    request.session["framed"] = True
    return show(request)


def answer(request, status):
    return show(request, status=status)


def go(request):
    """Redirect to where the query says."""
    return HttpResponseRedirect(request.GET["to"])


def go_with_status(request, status):
    return HttpResponse(status=status, headers={"Location": request.GET["to"]})


def go_as_it_is(request):
    """Redirect to where the query says, without the escapes that Django puts in."""
    return HttpResponse(status=302, headers={"Location": request.GET["to"]})


# The session


def read(request):
    request.session.get("name")
    return show(request)


def set_key(request):
    request.session["name"] = request.GET.get("name", "Ada")
    return show(request)


def set_key_and_go(request):
    request.session["name"] = "Ada"
    return go(request)


def set_under(request):
    """Store what the query says, under the key that it says."""
    for key, value in {**request.GET.dict(), **request.POST.dict()}.items():
        request.session[key] = value
    return show(request)


def set_under_and_fail(request):
    set_under(request)
    return show(request, status=500)


def set_key_with_status(request, status):
    request.session["name"] = "Ada"
    return show(request, status=status)


def count(request):
    request.session["count"] = request.session.get("count", 0) + 1
    return show(request)


def set_list(request):
    request.session["list"] = ["a"]
    return show(request)


def change_nested(request):
    request.session["list"].append("b")
    return show(request)


def change_nested_and_say_so(request):
    request.session["list"].append("b")
    request.session.modified = True
    return show(request)


def change_nested_and_fail(request):
    request.session["list"].append("b")
    return show(request, status=500)


def pop_key(request):
    del request.session["name"]
    return show(request)


def set_and_pop(request):
    """Modify a session and leave it empty."""
    request.session["name"] = "Ada"
    del request.session["name"]
    return show(request)


def save_again(request):
    request.session.modified = True
    return show(request)


def clear(request):
    request.session.clear()
    return show(request)


def flush(request):
    request.session.flush()
    return show(request)


def flush_and_set(request):
    request.session.flush()
    request.session["name"] = "Grace"
    return show(request)


def set_key_in_another_session(request):
    """Leave the row as it is, and begin another."""
    request.session = SessionStore()
    request.session["name"] = "Grace"
    return show(request)


def cycle_key(request):
    request.session.cycle_key()
    return show(request)


def log_in(request):
    user, _ = get_user_model().objects.get_or_create(username="ada")
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return show(request)


def log_out(request):
    logout(request)
    return show(request)


def drop_session_cookie(request):
    response = show(request)
    response.delete_cookie("sessionid")
    return response


def delete_row_meanwhile(request):
    """Change the session, whose row another request deletes before this one ends."""
    request.session["mine"] = 1
    SessionStore(request.session.session_key).delete()
    return show(request)


def read_while_another_deletes(request):
    request.session.get("name")
    SessionStore(request.session.session_key).delete()
    return show(request)


def change_row_meanwhile(request):
    """Read the session, which another request changes meanwhile."""
    request.session.get("name")
    other = SessionStore(request.session.session_key)
    other["name"] = "Grace"
    other.save()
    return show(request)


def spoil_row(request):
    """Replace what is stored by text that no signature fits."""
    Session.objects.update(session_data="spoiled")
    return show(request)


def boom(request):
    request.session["name"] = "lost"
    raise RuntimeError("boom")


def boom_untouched(request):
    raise RuntimeError("boom")


def boom_after_save(request):
    request.session["name"] = "kept"
    request.session.save()
    raise RuntimeError("boom")


def store_elsewhere(request):
    """Keep a second session, of the cache engine, as LIVE_PANEL_SESSION_COOKIES allows."""
    store = CacheStore(request.COOKIES.get("cache_sessionid"))
    store["name"] = request.GET.get("name", "Ada")
    store.save()
    response = show(request)
    response.set_cookie("cache_sessionid", store.session_key)
    return response


def end_elsewhere(request):
    CacheStore(request.COOKIES["cache_sessionid"]).delete()
    response = show(request)
    response.delete_cookie("cache_sessionid")
    return response


# Cookies


def set_cookie(request):
    """Set a cookie: the query has the arguments of `set_cookie`, those that are flags as "on"."""
    wanted = {
        name: True if value == "on" else int(value) if name == "max_age" else value
        for name, value in request.GET.items()
    }
    response = show(request)
    response.set_cookie(wanted.pop("key", "note"), wanted.pop("value", "x"), **wanted)
    return response


def set_cookie_and_key(request):
    request.session["name"] = "Ada"
    response = show(request)
    response.set_cookie("note", "x", max_age=3600)
    return response


def set_two_cookies(request):
    """One that a browser keeps, and then one that it refuses; or the other way around."""
    response = show(request)
    for name, value in sorted(request.GET.items()):
        response.set_cookie(name, value, secure=name.startswith("__"))
    return response


def delete_cookie(request):
    response = show(request)
    response.delete_cookie(request.GET.get("key", "note"), path=request.GET.get("path", "/"))
    return response


def delete_and_set(request):
    response = delete_cookie(request)
    response.set_cookie("other", "x")
    return response


def delete_and_go(request):
    response = go(request)
    response.delete_cookie("note")
    return response


def lines(request):
    """Send `Set-Cookie` as a header, as the query says, and a cookie by the usual call."""
    response = show(request)
    response["Set-Cookie"] = request.GET["line"]
    response.set_cookie("by_call", "2")
    return response


def rotate_csrf(request):
    rotate_token(request)
    return show(request)


VIEWS = [
    untouched,
    form,
    beside,
    bare,
    described,
    described_without_panel,
    latin,
    stream,
    plain,
    data,
    compressed,
    image,
    frame,
    go,
    go_as_it_is,
    read,
    set_key,
    set_key_and_go,
    set_under,
    set_under_and_fail,
    count,
    set_list,
    change_nested,
    change_nested_and_say_so,
    change_nested_and_fail,
    pop_key,
    set_and_pop,
    save_again,
    clear,
    flush,
    flush_and_set,
    set_key_in_another_session,
    cycle_key,
    log_in,
    log_out,
    drop_session_cookie,
    delete_row_meanwhile,
    read_while_another_deletes,
    change_row_meanwhile,
    spoil_row,
    boom,
    boom_untouched,
    boom_after_save,
    store_elsewhere,
    end_elsewhere,
    set_cookie,
    set_cookie_and_key,
    set_two_cookies,
    delete_cookie,
    delete_and_set,
    delete_and_go,
    lines,
    rotate_csrf,
]

urlpatterns = [
    path("live-panel/", include("live_panel.urls")),
    *[path(f"{view.__name__.replace('_', '-')}/", view, name=view.__name__) for view in VIEWS],
    path("answer/<int:status>/", answer),
    path("go/<int:status>/", go_with_status),
    path("set-key/<int:status>/", set_key_with_status),
    path("any/<path:rest>", untouched),
    path("static/<path:rest>", untouched),
    path("media/<path:rest>", untouched),
    path("favicon.ico", untouched),
    path("quiet/<path:rest>", untouched),
]

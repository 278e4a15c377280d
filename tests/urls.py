"""The site's URLs and a few views that do what no lesson does."""

from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import path

from demo_site.urls import *  # noqa: F403
from demo_site.urls import urlpatterns as site_patterns
from live_panel.placeholder import PLACEHOLDER


def boom(request):
    request.session["lost"] = True
    raise RuntimeError("boom")


def rotate(request):
    request.session.cycle_key()
    return redirect("sessions_demo:set_session")


def rotate_csrf(request):
    rotate_token(request)
    return redirect("sessions_demo:set_session")


def header_cookie(request):
    response = HttpResponse("set", headers={"Set-Cookie": "by_hand=1; Path=/x"})
    response.set_cookie("by_call", "2")
    return response


def stream(request):
    return StreamingHttpResponse([PLACEHOLDER.encode()])


def plain(request):
    return HttpResponse(PLACEHOLDER, content_type="text/plain")


def compressed(request):
    return HttpResponse(PLACEHOLDER, headers={"Content-Encoding": "br"})


urlpatterns = [
    path("boom/", boom),
    path("rotate/", rotate),
    path("rotate-csrf/", rotate_csrf),
    path("header-cookie/", header_cookie),
    path("stream/", stream),
    path("plain/", plain),
    path("compressed/", compressed),
    *site_patterns,
]

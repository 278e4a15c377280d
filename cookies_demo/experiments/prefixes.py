"""Deleting a cookie with a prefix, and names that keep scripts out."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST


@require_POST
def delete_prefixed(request):
    """Delete a cookie with a prefix: by hand, or as Django does."""
    response = redirect("cookies_demo:name_prefixes")
    if "by_hand" in request.POST:
        response.set_cookie("__Host-with", "", max_age=0)
    else:
        response.delete_cookie("__Host-with")
    return response


@require_POST
def http_prefix(request):
    """Set two cookies whose names promise HttpOnly."""
    path = reverse("cookies_demo:name_prefixes")
    response = redirect(path)
    response.set_cookie(
        "__Http-with", "1", path=path, secure=True, httponly=True
    )
    response.set_cookie("__Http-without", "1", path=path, secure=True)
    return response

"""What a forged request can do."""

from django.core.cache import cache
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def forged_request(request):
    """Open a toy account that this browser enters by a cookie."""
    page = "cookies_demo/forged_request.html"
    account = request.get_signed_cookie("toy_account", default=None)
    context = {"transfers": cache.get(f"toy_account:{account}")}
    choices = {
        "None": {"samesite": "None", "secure": True},
        "absent": {},
        "Lax": {"samesite": "Lax"},
    }
    if request.method == "POST":
        options = choices.get(request.POST.get("samesite"))
        if options is None:
            context["error"] = "Choose one of the three buttons."
            return render(request, page, context, status=400)
        number = get_random_string(12)
        cache.set(f"toy_account:{number}", [], 60 * 60)
        response = redirect("cookies_demo:forged_request")
        response.set_signed_cookie("toy_account", number, **options)
        return response
    return render(request, page, context)

"""What happens to a cart when its owner signs in."""

from django.contrib.auth import authenticate, login
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from course.messages import message
from sessions_demo.forms import LoginForm


@require_POST
def sign_in_with_cart(request):
    """Sign in with Django's own login, and come back to the cart."""
    form = LoginForm(request.POST)
    user = None
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
    if user is None:
        return message(
            request,
            400,
            "Nobody was signed in",
            "The form named no account of this site.",
            back="sessions_demo:shopping_cart",
        )
    login(request, user)
    return redirect("sessions_demo:shopping_cart")


@require_POST
def empty_cart(request):
    """Take the whole cart out of the session."""
    request.session.pop("cart", None)
    return redirect("sessions_demo:shopping_cart")

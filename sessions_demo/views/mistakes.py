"""Common mistakes with sessions. These views have them; their mended twins are experiments."""

from django.forms.models import model_to_dict
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods

from sessions_demo.models import Product


@require_http_methods(["GET", "HEAD", "POST"])
def shared_computer(request):
    """Let two people use this browser in turn, with a logout that forgets to clear."""
    if request.method == "POST":
        action = request.POST.get("action")
        if action in ("Ada", "Grace"):
            request.session["user_id"] = action
        elif action == "search" and "user_id" in request.session:
            request.session["last_search"] = "lung specialist"
        elif action == "leave":
            request.session.pop(
                "user_id", None
            )  # Everything else stays.
        else:
            context = {"error": "Sign in as Ada or as Grace first."}
            return render(
                request,
                "sessions_demo/shared_computer.html",
                context,
                status=400,
            )
        return redirect("sessions_demo:shared_computer")
    return render(request, "sessions_demo/shared_computer.html")


your_drink = None


@require_http_methods(["GET", "HEAD", "POST"])
def module_variable(request):
    """Keep the visitor's choice in a variable of the module, which all visitors share."""
    global your_drink
    if request.method == "POST":
        drink = request.POST.get("drink")
        if drink not in ("tea", "coffee"):
            context = {
                "your_drink": your_drink,
                "error": "Choose tea or coffee.",
            }
            return render(
                request,
                "sessions_demo/module_variable.html",
                context,
                status=400,
            )
        your_drink = drink
        return redirect("sessions_demo:module_variable")
    return render(
        request,
        "sessions_demo/module_variable.html",
        {"your_drink": your_drink},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def whole_object(request):
    """Choose a product by storing a copy of it, and pay the price that the copy has."""
    product = Product.objects.filter(
        pk=request.session.get("on_sale")
    ).first()
    if request.method == "POST":
        action, copy = (
            request.POST.get("action"),
            request.session.get("product"),
        )
        if action == "choose" and product:
            request.session["product"] = model_to_dict(product)
        elif action == "buy" and copy:
            request.session["paid_by_copy"] = copy["price"]
        else:
            context = {
                "product": product,
                "error": "Put the mug on sale and choose it first.",
            }
            return render(
                request,
                "sessions_demo/whole_object.html",
                context,
                status=400,
            )
        return redirect("sessions_demo:whole_object")
    return render(
        request, "sessions_demo/whole_object.html", {"product": product}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stored_password(request):
    """Keep a password in the session, because the next page needs it again."""
    if request.method == "POST":
        password = get_random_string(
            12
        )  # Stands for one that was typed, and found right.
        request.session["password"] = password
        return redirect("sessions_demo:stored_password")
    return render(request, "sessions_demo/stored_password.html")

"""Common mistakes with sessions. The mended twins are experiments."""

from django.forms.models import model_to_dict
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods

from sessions_demo.models import Product


@require_http_methods(["GET", "HEAD", "POST"])
def shared_computer(request):
    """Let two people use this browser, with a careless logout."""
    template = "sessions_demo/shared_computer.html"
    if request.method != "POST":
        return render(request, template)
    action = request.POST.get("action")
    if action in ("Ada", "Grace"):
        request.session["user_id"] = action
    elif action == "search" and "user_id" in request.session:
        request.session["last_search"] = "lung specialist"
    elif action == "leave":
        request.session.pop("user_id", None)  # The rest stays.
    else:
        context = {"error": "Sign in as Ada or as Grace first."}
        return render(request, template, context, status=400)
    return redirect("sessions_demo:shared_computer")


your_drink = None


@require_http_methods(["GET", "HEAD", "POST"])
def module_variable(request):
    """Keep a choice in a variable that all visitors share."""
    global your_drink
    context = {"your_drink": your_drink}
    template = "sessions_demo/module_variable.html"
    if request.method != "POST":
        return render(request, template, context)
    drink = request.POST.get("drink")
    if drink not in ("tea", "coffee"):
        context["error"] = "Choose tea or coffee."
        return render(request, template, context, status=400)
    your_drink = drink
    return redirect("sessions_demo:module_variable")


@require_http_methods(["GET", "HEAD", "POST"])
def whole_object(request):
    """Store a copy of a product, and pay the copy's price."""
    on_sale = request.session.get("on_sale")
    product = Product.objects.filter(pk=on_sale).first()
    context = {"product": product}
    template = "sessions_demo/whole_object.html"
    if request.method != "POST":
        return render(request, template, context)
    action = request.POST.get("action")
    copy = request.session.get("product")
    if action == "choose" and product:
        request.session["product"] = model_to_dict(product)
        request.session.pop("paid_by_copy", None)
    elif action == "buy" and copy:
        request.session["paid_by_copy"] = copy["price"]
    else:
        context["error"] = "Put a mug on sale and choose it."
        return render(request, template, context, status=400)
    return redirect("sessions_demo:whole_object")


@require_http_methods(["GET", "HEAD", "POST"])
def stored_password(request):
    """Keep a password, because the next page needs it again."""
    if request.method == "POST":
        # Stands for one that was typed, and found right.
        request.session["password"] = get_random_string(12)
        return redirect("sessions_demo:stored_password")
    return render(request, "sessions_demo/stored_password.html")

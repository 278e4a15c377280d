"""The mended twins of the common mistakes."""

from time import time

from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sessions_demo.models import Product


@require_POST
def sign_out_with_flush(request):
    """Sign out, and leave nothing for the next person: no row, no key, no cookie."""
    request.session.flush()
    return redirect("sessions_demo:shared_computer")


@require_POST
def drink_in_session(request):
    """Keep the visitor's choice in the session, which no other browser shares."""
    drink = request.POST.get("drink")
    if drink not in ("tea", "coffee"):
        return HttpResponseBadRequest("Choose tea or coffee.")
    request.session["drink"] = drink
    return redirect("sessions_demo:module_variable")


@require_POST
def change_product(request):
    """Put a mug on sale for this browser alone, raise its price, or take it off sale."""
    action = request.POST.get("action")
    product = Product.objects.filter(
        pk=request.session.get("on_sale")
    ).first()
    if action == "sell" and product is None:
        request.session["on_sale"] = Product.objects.create(
            name="mug", price=8
        ).pk
    elif action == "raise" and product:
        product.price += 2
        product.save()
    elif action == "withdraw" and product:
        product.delete()
    else:
        return HttpResponseBadRequest(
            "Put the mug on sale once, then change it."
        )
    return redirect("sessions_demo:whole_object")


@require_POST
def choose_by_id(request):
    """Choose a product by storing its id, and pay the price that it has when you pay."""
    if request.POST.get("action") == "choose":
        request.session["product_id"] = request.session.get("on_sale")
    else:
        product = Product.objects.filter(
            pk=request.session.get("product_id")
        ).first()
        if product is None:
            request.session.pop("product_id", None)
        request.session["paid_by_id"] = product.price if product else 0
    return redirect("sessions_demo:whole_object")


@require_POST
def store_the_fact(request):
    """Store that a password was right, and when; nobody needs the password again."""
    if request.POST.get("action") == "confirm":
        request.session.pop(
            "password", None
        )  # What the other view left here.
        request.session["confirmed_at"] = int(time())
        request.session["answer"] = "Confirmed."
    else:
        age = int(time()) - request.session.get(
            "confirmed_at", 0
        )  # seconds
        request.session["answer"] = (
            "Allowed." if age < 300 else "Confirm first."
        )
    return redirect("sessions_demo:stored_password")

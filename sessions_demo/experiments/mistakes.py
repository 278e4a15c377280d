"""The mended twins of the common mistakes."""

from time import time

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from course.messages import message
from sessions_demo.models import Product


@require_POST
def sign_out_with_flush(request):
    """Sign out, and leave no row, no key and no cookie behind."""
    request.session.flush()
    return redirect("sessions_demo:shared_computer")


@require_POST
def drink_in_session(request):
    """Keep a choice where no other browser shares it."""
    drink = request.POST.get("drink")
    if drink not in ("tea", "coffee"):
        return message(
            request,
            400,
            "There is no such drink",
            "Choose tea or coffee.",
            back="sessions_demo:module_variable",
        )
    request.session["drink"] = drink
    return redirect("sessions_demo:module_variable")


@require_POST
def change_product(request):
    """Put a mug on sale for this browser, or change it there."""
    action = request.POST.get("action")
    on_sale = request.session.get("on_sale")
    product = Product.objects.filter(pk=on_sale).first()
    if action == "sell" and product is None:
        mug = Product.objects.create(name="mug", price=8)
        request.session["on_sale"] = mug.pk
    elif action == "raise" and product:
        product.price += 2
        product.save()
    elif action == "withdraw" and product:
        product.delete()
    else:
        return message(
            request,
            400,
            "The shop cannot do that now",
            "Put the mug on sale once, then change it.",
            back="sessions_demo:whole_object",
        )
    return redirect("sessions_demo:whole_object")


@require_POST
def choose_by_id(request):
    """Store a product's id, and pay the price it has by then."""
    action = request.POST.get("action")
    session = request.session
    number = session.get(
        "on_sale" if action == "choose" else "product_id"
    )
    product = Product.objects.filter(pk=number).first()
    if action == "choose" and product:
        session["product_id"] = product.pk
        session.pop("paid_by_id", None)
    elif action == "buy" and number:
        session["paid_by_id"] = product.price if product else 0
        if product is None:
            del session["product_id"]
    else:
        return message(
            request,
            400,
            "There is nothing to buy",
            "Put the mug on sale and choose it by its id first.",
            back="sessions_demo:whole_object",
        )
    return redirect("sessions_demo:whole_object")


@require_POST
def store_the_fact(request):
    """Store that a password was right, and when."""
    session, action = request.session, request.POST.get("action")
    if action == "confirm":
        session.pop("password", None)  # Nobody needs it again.
        session["confirmed_at"] = int(time())
        session["answer"] = "Confirmed."
    elif action == "use":
        seconds = int(time()) - session.get("confirmed_at", 0)
        answer = "Allowed." if seconds < 300 else "Confirm first."
        session["answer"] = answer
    else:
        return message(
            request,
            400,
            "There is no such button",
            "Store the fact, or use it.",
            back="sessions_demo:stored_password",
        )
    return redirect("sessions_demo:stored_password")

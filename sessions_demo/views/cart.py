"""A shopping cart."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.catalog import PRODUCTS
from sessions_demo.forms import CartForm


@require_http_methods(["GET", "HEAD", "POST"])
def shopping_cart(request):
    """Keep ids and quantities in the session; look up the rest."""
    cart = request.session.get("cart", {})
    data = request.POST if request.method == "POST" else None
    form = CartForm(data, cart=cart)
    if form.is_valid():
        product = form.cleaned_data["product"]
        if form.cleaned_data["action"] == "add":
            cart[product] = cart.get(product, 0) + 1
        elif form.cleaned_data["action"] == "change":
            cart[product] = form.cleaned_data["quantity"]
        else:
            cart.pop(product, None)
        request.session["cart"] = cart  # Assigned, or it is lost.
        return redirect("sessions_demo:shopping_cart")
    items = [(PRODUCTS[id], cart[id]) for id in cart if id in PRODUCTS]
    total = sum(product.price * number for product, number in items)
    context = {"form": form, "items": items, "total": total}
    template = "sessions_demo/shopping_cart.html"
    status = 400 if form.errors else 200
    return render(request, template, context, status=status)

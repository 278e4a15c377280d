"""A shopping cart."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sessions_demo.apparatus.catalog import PRODUCTS
from sessions_demo.forms import CartForm


@require_http_methods(["GET", "HEAD", "POST"])
def shopping_cart(request):
    """Keep ids and quantities in the session, and look up names and prices."""
    cart = request.session.get("cart", {})
    form = CartForm(request.POST if request.method == "POST" else None)
    if request.POST.get("action") == "empty":
        request.session.pop("cart", None)
        return redirect("sessions_demo:shopping_cart")
    if form.is_valid():
        action, product, quantity = form.cleaned_data.values()
        if action == "add":
            cart[product] = min(cart.get(product, 0) + quantity, 9)
        elif action == "change":
            cart[product] = quantity
        else:
            cart.pop(product, None)
        request.session["cart"] = (
            cart  # assigned, so that Django notices
        )
        return redirect("sessions_demo:shopping_cart")
    items = [(PRODUCTS[id], cart[id]) for id in cart if id in PRODUCTS]
    total = sum(quantity * product.price for product, quantity in items)
    context = {
        "form": form,
        "products": PRODUCTS.values(),
        "items": items,
        "total": total,
    }
    return render(request, "sessions_demo/shopping_cart.html", context)

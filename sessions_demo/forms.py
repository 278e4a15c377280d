from django import forms

from sessions_demo.apparatus.accounts import PASSWORD, USERNAMES
from sessions_demo.apparatus.catalog import PRODUCTS


class NameForm(forms.Form):
    """A name, as text of at most 60 characters."""

    user_name = forms.CharField(label="Your name", max_length=60)


class LoginForm(forms.Form):
    """A demo account and its throw-away password, filled in and readable."""

    username = forms.ChoiceField(choices=[(name, name) for name in USERNAMES])
    password = forms.CharField(
        initial=PASSWORD,
        max_length=60,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CartForm(forms.Form):
    """What to do with one product of ours, given the cart so far."""

    products = PRODUCTS.values()  # For the page's table.

    action = forms.ChoiceField(
        choices=[(name, name) for name in ("add", "change", "remove")],
    )
    product = forms.ChoiceField(choices=[(id, id) for id in PRODUCTS])
    quantity = forms.IntegerField(
        min_value=1,
        max_value=9,
        required=False,
    )

    def __init__(self, *args, cart, **kwargs):
        super().__init__(*args, **kwargs)
        self.cart = cart

    def clean(self):
        """Refuse what would not leave one to nine of the product."""
        data = super().clean()
        in_cart = self.cart.get(data.get("product"), 0)
        if data.get("action") == "add" and in_cart >= 9:
            self.add_error(None, "Nine of one product is the most.")
        no_number = "quantity" in data and data["quantity"] is None
        if data.get("action") == "change" and no_number:
            self.add_error(None, "Say how many: one to nine.")


class DayForm(forms.Form):
    """Step one of booking a table."""

    day = forms.ChoiceField(choices=[(day, day) for day in ("Friday", "Saturday", "Sunday")])


class GuestsForm(forms.Form):
    """Step two of booking a table."""

    guests = forms.IntegerField(label="How many guests", min_value=1, max_value=8)


class PlaceForm(forms.Form):
    """Step three of booking a table."""

    place = forms.ChoiceField(choices=[(place, place) for place in ("inside", "outside")])


class ConfirmForm(forms.Form):
    """The end of booking a table. It asks nothing more."""


# Each form asks for the one answer that it is named after.
STEPS = {"day": DayForm, "guests": GuestsForm, "place": PlaceForm, "confirm": ConfirmForm}

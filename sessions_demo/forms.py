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
    """What to do with one product of ours, and how many: one to nine."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("add", "change", "remove")])
    product = forms.ChoiceField(choices=[(id, product.name) for id, product in PRODUCTS.items()])
    quantity = forms.IntegerField(min_value=1, max_value=9)


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

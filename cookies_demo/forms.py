from django import forms


class NameForm(forms.Form):
    """A name, as text of at most 60 characters."""

    user_name = forms.CharField(label="Your name", max_length=60)

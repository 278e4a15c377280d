from django import forms

from course.preferences import TEXT_SIZES, THEMES


class NameForm(forms.Form):
    """A name, as text of at most 60 characters."""

    user_name = forms.CharField(label="Your name", max_length=60)


class PreferencesForm(forms.Form):
    """A theme and a text size, from the choices that the site has."""

    theme = forms.ChoiceField(choices=THEMES, widget=forms.RadioSelect)
    text_size = forms.ChoiceField(choices=TEXT_SIZES, widget=forms.RadioSelect)

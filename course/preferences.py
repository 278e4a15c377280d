"""What a reader prefers, as two cookies say it with every request."""

THEMES = {"system": "As the system has it", "light": "Light", "dark": "Dark"}
TEXT_SIZES = {"normal": "Normal", "large": "Large", "larger": "Larger"}


def preferences(request):
    """Give the reader's preferences to every template, and so to every page."""
    return {"preferences": preferences_of(request)}


def preferences_of(request):
    """Return the theme and text size of the cookies, or defaults."""
    theme = request.COOKIES.get("theme")
    text_size = request.COOKIES.get("text_size")
    return {
        "theme": theme if theme in THEMES else "system",
        "text_size": text_size if text_size in TEXT_SIZES else "normal",
    }

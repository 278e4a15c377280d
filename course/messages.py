"""What a reader is told when something went wrong, in the same form everywhere."""

from django.shortcuts import render


def message(request, status, title, lead, *paragraphs, back=None):
    """Return a page with a message, as a response with that HTTP status.

    `title` heads it, `lead` is the sentence that matters, and `paragraphs` say what to do. All
    are texts in which backquotes mark code. `back` is the name of a view to go on at, such as
    "sessions_demo:set_session"; the way home is always there.
    """
    context = {"title": title, "lead": lead, "paragraphs": paragraphs, "back": back}
    return render(request, "course/message.html", context, status=status)

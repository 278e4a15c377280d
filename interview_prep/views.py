"""The pages of interview preparation."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from course.lessons import places
from interview_prep import mock_interview
from interview_prep.bank import bank
from interview_prep.cards import Deck, UnknownFilter
from interview_prep.cheat_sheet import call_rows, setting_rows


@require_safe
def home(request):
    """Say what there is."""
    return render(request, "interview_prep/home.html", {"bank": bank(), "deck": Deck()})


@require_safe
def cards(request):
    """List the cards that the filter in the address leaves."""
    try:
        deck = Deck.chosen_by(request.GET)
    except UnknownFilter as error:
        context = {"deck": Deck(), "error": error}
        return render(request, "interview_prep/cards.html", context, status=400)
    return render(request, "interview_prep/cards.html", {"deck": deck})


@require_safe
def card(request, question_id):
    """Show one card, with its neighbors among the cards that the filter leaves."""
    question = bank().question(question_id)
    if question is None:
        raise Http404("There is no such card.")
    try:
        deck = Deck.chosen_by(request.GET)
    except UnknownFilter:
        return cards(request)
    context = {"question": question, "deck": deck, "place": deck.place_of(question)}
    return render(request, "interview_prep/card.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mock(request):
    """Show how the mock interview stands; start or abandon one."""
    action = request.POST.get("action")
    if action == "start":
        interview = mock_interview.draw()
        response = redirect("interview_prep:mock_question", interview.asked[0].question.id)
        mock_interview.keep(interview, response)
        return response
    if action == "abandon":
        response = redirect("interview_prep:mock")
        mock_interview.forget(response)
        return response
    context, status = {"interview": mock_interview.brought_by(request)}, 200
    if request.method == "POST":
        context["error"], status = "Choose whether to start or to abandon an interview.", 400
    return render(request, "interview_prep/mock.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def mock_question(request, question_id):
    """Ask one question of the mock interview; mark it and go on to the next open one."""
    interview = mock_interview.brought_by(request)
    asked = interview.find(question_id)
    if asked is None:
        error = "That question is not in your current interview, so nothing was marked."
        context = {"interview": interview, "error": error}
        return render(request, "interview_prep/mock.html", context, status=404)
    context, status = {"interview": interview, "asked": asked}, 200
    if request.method == "POST":
        known = mock_interview.MARKS.get(request.POST.get("mark"))
        if known is not None:
            interview = mock_interview.Interview.of({**interview.marks, question_id: known})
            following = interview.next_open(after=asked)
            if following:
                response = redirect("interview_prep:mock_question", following.question.id)
            else:
                response = redirect("interview_prep:mock")
            mock_interview.keep(interview, response)
            return response
        context["error"], status = "Choose whether you knew the answer or not.", 400
    context["previous"], context["next"] = interview.neighbors(asked)
    return render(request, "interview_prep/mock_question.html", context, status=status)


@require_safe
def myths(request):
    """Ask which statements are true, track by track in the order of the lessons."""
    order = list(places())
    by_lesson = sorted(bank().myths, key=lambda myth: order.index(myth.lesson))
    return render(request, "interview_prep/myths.html", {"myths": by_lesson})


@require_safe
def cheat_sheet(request):
    """Show what fits on one sheet of paper."""
    context = {"calls": call_rows(), "settings": setting_rows()}
    return render(request, "interview_prep/cheat_sheet.html", context)

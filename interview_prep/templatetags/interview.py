"""Questions on a page: those that a lesson answers, and the markup of the bank's texts."""

from django import template

from course.lessons import places
from interview_prep.bank import bank

register = template.Library()

TIER_NAMES = {
    "A": "asked nearly everywhere",
    "B": "common",
    "C": "hard",
}


@register.filter
def tier_name(tier):
    """Return how often questions of a tier are asked."""
    return TIER_NAMES[tier]


@register.inclusion_tag("interview_prep/proof.html")
def proof(entry):
    """Print a link to the place on a lesson that proves a question's or a myth's answer."""
    return {"lesson": places()[entry.lesson].lesson, "entry": entry}


@register.inclusion_tag("interview_prep/lesson_questions.html", takes_context=True)
def lesson_questions(context):
    """Print the questions that this page's lesson proves the answers of."""
    return {"questions": bank().questions_for(context["request"].resolver_match.view_name)}

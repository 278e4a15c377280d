"""Questions on a page: those that a lesson answers, and the markup of the bank's texts."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from demo_site.course import places
from interview_prep.bank import bank, plain

register = template.Library()
register.filter(plain)

TIER_NAMES = {
    "A": "asked nearly everywhere",
    "B": "common",
    "C": "for Django or senior roles",
}


@register.filter
def prose(text):
    """Return a text of the bank as markup: escaped, and what stands in backquotes as code."""
    return mark_safe(re.sub("`([^`]+)`", r"<code>\1</code>", escape(text)))


@register.filter
def tier_name(tier):
    """Return how often questions of a tier are asked."""
    return TIER_NAMES[tier]


@register.inclusion_tag("interview_prep/proof.html")
def proof(entry):
    """Print a link to the place on a lesson that proves a question's or a myth's answer."""
    lesson = places()[entry.lesson].lesson
    entrance = places()[lesson.entrance].lesson if lesson.entrance else None
    return {"lesson": lesson, "entrance": entrance, "anchor": entry.anchor}


@register.inclusion_tag("interview_prep/lesson_questions.html", takes_context=True)
def lesson_questions(context):
    """Print the questions that this page's lesson proves the answers of."""
    return {"questions": bank().questions_for(context["request"].resolver_match.view_name)}

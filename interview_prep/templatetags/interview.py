"""Questions on a page: those that a lesson answers, and the markup of the bank's texts."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from interview_prep.bank import bank

register = template.Library()


@register.filter
def prose(text):
    """Return a text of the bank as markup: escaped, and what stands in backquotes as code."""
    return mark_safe(re.sub("`([^`]+)`", r"<code>\1</code>", escape(text)))


@register.inclusion_tag("interview_prep/lesson_questions.html", takes_context=True)
def lesson_questions(context):
    """Print the questions that this page's lesson proves the answers of."""
    return {"questions": bank().questions_for(context["request"].resolver_match.view_name)}

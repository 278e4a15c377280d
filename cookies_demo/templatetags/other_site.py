"""What the lessons on other sites show: the other name of this site, and the matrix."""

from django import template

from cookies_demo import other_site

register = template.Library()


@register.simple_tag(takes_context=True)
def other_origin(context):
    """Return the origin of this site under its other name, or "" if it has none here."""
    return other_site.other_origin(context["request"])


@register.inclusion_tag("cookies_demo/experiments/matrix.html", takes_context=True)
def samesite_matrix(context):
    """Print which of this browser's four test cookies came with which kind of request."""
    run = context["request"].COOKIES.get("samesite_lax", "")
    return {"rows": other_site.matrix(run)}

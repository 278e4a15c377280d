"""The tags that a page prints."""

from django import template

from live_panel import placeholder

register = template.Library()


@register.simple_tag(takes_context=True)
def live_panel(context):
    """Print the placeholder that `ExchangeRecorder` replaces with the panel."""
    return placeholder.live_panel(context.get("request"))


@register.simple_tag
def live_panel_headline():
    """Print the placeholder that `ExchangeRecorder` replaces with the panel's headline."""
    return placeholder.live_panel_headline()

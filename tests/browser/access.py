"""What axe says of a page, in every look that readers have."""

from axe_playwright_python.sync_playwright import Axe

PHONE = {"width": 390, "height": 844}
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A theme changes nothing but colors, and a phone no names, roles or colors.
IN_THE_OTHER_THEME = ["color-contrast"]
ON_A_PHONE = ["target-size", "scrollable-region-focusable", "color-contrast"]


def violations_of(page):
    """Return what axe finds in the page as it is, in the other theme, and on a phone.

    It is a list of the look, the rule, and the first element that breaks it.
    """
    size = page.viewport_size
    # What moves when the theme changes has the colors of the other one.
    page.emulate_media(reduced_motion="reduce")
    found = [("laptop", *each) for each in run(page, {"type": "tag", "values": LEVELS})]
    page.emulate_media(color_scheme="dark")
    found += [("dark", *each) for each in run(page, rules(IN_THE_OTHER_THEME))]
    page.set_viewport_size(PHONE)
    found += [("dark phone", *each) for each in run(page, rules(ON_A_PHONE))]
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.set_viewport_size(size)
    return found


def rules(names):
    """Return axe's option for these rules alone."""
    return {"type": "rule", "values": names}


def run(page, run_only):
    """Return pairs of the rule and the first element that breaks it."""
    answer = Axe().run(
        page,
        context={"exclude": [["#djDebugRoot"]]},
        options={"runOnly": run_only, "resultTypes": ["violations"]},
    )
    return [(each["id"], each["nodes"][0]["html"]) for each in answer.response["violations"]]

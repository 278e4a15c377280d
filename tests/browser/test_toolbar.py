"""The debug toolbar in a browser, without the panels that tell of other visitors."""

from django.urls import reverse


def test_opens_and_shows_its_panels(page):
    page.goto(reverse("sessions_demo:set_session"))

    page.locator("#djShowToolBarButton").click()
    titles = page.locator("#djDebugPanelList li[id]").evaluate_all(
        "items => items.map((item) => item.id)"
    )
    page.locator("#djDebugPanelList a.ExchangePanel").click()
    page.locator("#ExchangePanel [data-panel=cookie-header]").first.wait_for()

    assert "djdt-SQLPanel" in titles
    assert not {"djdt-HistoryPanel", "djdt-TemplatesPanel", "djdt-CachePanel"} & set(titles)

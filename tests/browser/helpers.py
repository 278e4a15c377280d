"""What several browser tests ask of a page."""


def header_of(response):
    """Return the `Cookie` header that the browser sent for `response`, or None."""
    return response.request.all_headers().get("cookie")


def shown(page, name, where="[data-now]"):
    """Return the text of one of the panel's facts, or None if the panel says it is absent."""
    element = page.locator(f'{where} [data-panel="{name}"]').first
    return None if element.get_attribute("data-absent") is not None else element.text_content()


def jar_of(context):
    """Return what the browser holds, as a dictionary from name to value."""
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}


def sessionid(context):
    return jar_of(context).get("sessionid")


def press(page, name):
    """Press a button of the lesson and return the response that its redirect led to."""
    with page.expect_navigation() as navigation:
        page.locator("main form").get_by_role("button", name=name, exact=True).click()
    return navigation.value


def now_row(page):
    row = page.locator('[data-now] [data-panel="row"]')
    return None if row.get_attribute("data-absent") is not None else row.text_content()


def assert_panel_is_true(page, response):
    """The panel on the page shows the header that the browser sent for it, byte for byte."""
    newest = '[data-lp-part="story"] [data-exchange] >> nth=-1'
    exchange = page.locator(newest)
    cell = exchange.locator('[data-panel="cookie-header"]')
    sent = header_of(response)
    if sent is None:
        assert cell.get_attribute("data-absent") is not None
    else:
        assert cell.text_content() == sent
    set_cookies = [
        header["value"]
        for header in response.headers_array()
        if header["name"].lower() == "set-cookie"
    ]
    lines = exchange.locator('[data-panel="set-cookie"]').all_text_contents()
    # What Django sends by itself is folded away below the others.
    assert sorted(lines) == sorted(line.strip() for line in set_cookies)

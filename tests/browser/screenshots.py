"""Take the README's screenshots: home, and a lesson after its act, in both themes.

`make screenshots` runs it.
"""

import base64
import tempfile
from pathlib import Path

from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.acts import ACTS, perform
from tests.server import Site

FOLDER = settings.BASE_DIR / "screenshots"
SCREEN = {"width": 1366, "height": 768}
LESSON = "sessions_demo:set_session"


def main():
    """Serve the site as a class sees it, and write the pictures into `screenshots/`."""
    FOLDER.mkdir(exist_ok=True)
    (act,) = [act for act in ACTS if act.lesson == LESSON]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder), DEBUG="off", SECRET_KEY="s" * 50)
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        try:
            for theme in ("light", "dark"):
                page = browser.new_page(base_url=site.url, viewport=SCREEN, color_scheme=theme)
                perform(page, act)
                take(page, f"lesson-{theme}")
                page.goto("/")
                take(page, f"home-{theme}")
        finally:
            browser.close()
            site.stop()


def take(page, name):
    """Write what is on the screen, once the panel has come to rest."""
    page.wait_for_timeout(3000)
    client = page.context.new_cdp_session(page)
    # Playwright itself takes no WebP, which is a quarter of the size.
    picture = client.send("Page.captureScreenshot", {"format": "webp", "quality": 80})
    (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(picture["data"]))

"""The drawings of the lessons in a real browser: every text has its place and can be read."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

TEMPLATES = Path(settings.BASE_DIR) / "templates"
CSS = Path(settings.BASE_DIR) / "static" / "css" / "site.css"

# A box of a text is as high as its font, so lines below each other may touch by a hair.
FAULTS = """
(smallest) => {
  const faults = [];
  for (const svg of document.querySelectorAll(".drawing svg")) {
    const place = svg.getBoundingClientRect();
    const scale = svg.getScreenCTM().a;
    const texts = [...svg.querySelectorAll("text")].map(
      (element) => ({ element, words: element.textContent, box: element.getBoundingClientRect() })
    );
    const fault = (kind, ...words) => faults.push([svg.parentNode.id, kind, ...words]);
    if (!texts.length) fault("no text");
    for (const { element, words, box } of texts) {
      const [left, right] = [place.left - box.left, box.right - place.right];
      const [top, bottom] = [place.top - box.top, box.bottom - place.bottom];
      if (Math.max(left, right, top, bottom) > 0.5) fault("outside", words);
      for (const part of [element, ...element.children]) {
        const size = parseFloat(getComputedStyle(part).fontSize) * scale;
        if (size < smallest) fault(`${size} px`, words);
      }
    }
    texts.forEach((one, index) => {
      for (const other of texts.slice(index + 1)) {
        const [a, b] = [one.box, other.box];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 0 && down > 1) fault("overlap", one.words, other.words);
      }
    });
  }
  return faults;
}
"""

COLORS = """
() => [...document.querySelectorAll(".drawing svg *")]
  .map((element) => getComputedStyle(element))
  .flatMap((style) => [style.color, style.fill, style.stroke])
"""


def all_drawings():
    """Return one HTML page with all drawings, in the place of a lesson that is the narrowest."""
    figures = [
        render_to_string(str(file.relative_to(TEMPLATES)))
        for file in sorted(TEMPLATES.glob("*/drawings/*.html"))
    ]
    style = CSS.read_text(encoding="utf-8")
    return f"""<!doctype html><html lang="en"><head><style>{style}</style></head><body>
      <div class="with-panel lesson"><article class="lesson-do"><section class="try">
      {"".join(figures)}
      </section></article></div>
    </body></html>"""


@pytest.mark.parametrize("width", [390, 1366])
def test_every_text_has_its_place_and_can_be_read(browser, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(all_drawings())

    faults = page.evaluate(FAULTS, 11)

    assert faults == []
    page.close()


def test_forced_colors_leave_the_reader_two_colors(browser):
    page = browser.new_page(forced_colors="active")
    page.set_content(all_drawings())

    colors = set(page.evaluate(COLORS)) - {"none"}
    text = page.locator(".drawing text").first
    fill, halo = text.evaluate("(e) => [getComputedStyle(e).fill, getComputedStyle(e).stroke]")

    assert colors == {fill, halo}
    assert fill != halo
    page.close()

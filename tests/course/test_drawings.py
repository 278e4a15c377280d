"""The drawings of the lessons: what each must have, so that everyone can read it."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import render_to_string

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FILES = sorted(TEMPLATES.glob("*/drawings/*.html"))
CSS = Path(settings.BASE_DIR) / "static" / "css" / "site.css"
SVG_WIDTH = "360"
SMALLEST_FONT = 11


def test_there_are_drawings():
    assert len(FILES) >= 20


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
class TestDrawing:
    @pytest.fixture
    def figure(self, file):
        """The drawing alone, as XML: a tag that is not closed fails here."""
        html = render_to_string(str(file.relative_to(TEMPLATES)))
        return ElementTree.fromstring(html)

    def test_is_a_figure_with_one_drawing_and_a_caption(self, file, figure):
        svg = figure.find("svg")
        caption = figure.find("figcaption")

        assert (figure.tag, figure.get("class")) == ("figure", "drawing")
        assert figure.get("id") == f"drawing-{file.stem}"
        assert [child.tag for child in figure] == ["svg", "figcaption"]
        assert "".join(caption.itertext()).strip()
        assert re.fullmatch(rf"0 0 {SVG_WIDTH} \d+", svg.get("viewBox"))

    def test_is_an_image_with_a_name_and_a_description(self, figure):
        svg = figure.find("svg")
        title = svg.find("title")
        desc = svg.find("desc")

        assert svg.get("role") == "img"
        assert svg.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
        assert title.text.strip()
        assert desc.text.strip()

    def test_its_ids_are_its_own(self, file, figure):
        ids = [element.get("id") for element in figure.iter() if element.get("id")]

        assert len(ids) == len(set(ids))
        assert all(id.startswith(f"drawing-{file.stem}") for id in ids)

    def test_the_style_sheet_alone_says_how_it_looks(self, figure):
        looks = {"style", "fill", "stroke", "stroke-width", "color", "font-size", "font-family"}
        attributes = {name for element in figure.iter() for name in element.attrib}

        assert not attributes & looks


def test_no_id_stands_in_two_drawings():
    ids = [id for file in FILES for id in re.findall(r'\bid="([^"]+)"', file.read_text("utf-8"))]

    assert len(ids) == len(set(ids))


def test_no_font_of_a_drawing_is_too_small_to_read():
    rules = re.findall(r"^\.drawing .*\{.*\}$", CSS.read_text(encoding="utf-8"), re.MULTILINE)

    sizes = [
        float(size)
        for rule in rules
        for size in re.findall(r"\bfont(?:-size)?: [^;]*?([\d.]+)px", rule)
    ]

    assert sizes
    assert min(sizes) >= SMALLEST_FONT

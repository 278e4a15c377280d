"""How to add a lesson: the example of CONTRIBUTING.md, followed to the letter."""

import re
import shutil
import sys
import types
from pathlib import Path

import pytest
from django.conf import settings as real_settings
from django.urls import clear_url_caches, include, path

from course.lessons import places, tracks
from course.templatetags.lesson import highlighted
from demo_site.urls import urlpatterns as site_patterns
from interview_prep import bank as bank_module
from interview_prep.bank import bank
from tests.course.contract import apps, lessons_of, shortcomings
from tests.helpers import soup_of

BASE = Path(real_settings.BASE_DIR)
CACHES = (tracks, places, bank, highlighted)

pytestmark = pytest.mark.skipif(
    (BASE / "tea_demo").exists(), reason="Somebody tries the example out, so it is in the site."
)

VIEW = "tea_demo/views/brewing.py"
TEMPLATE = "templates/tea_demo/brew_tea.html"
PLACE = "tea_demo/lessons/brewing.py"
QUESTION = "interview_prep/questions/tea.toml"


def example():
    """Return the files of the worked example: a dictionary from path to content."""
    text = (BASE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^`([\w./]+)`:\n\n```\w+\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return dict(blocks)


@pytest.fixture
def make_site(tmp_path, settings, monkeypatch):
    """Return a function that builds the site with the files that it is given."""

    def make(files):
        for name, content in {"tea_demo/__init__.py": "", **files}.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        questions = tmp_path / "interview_prep/questions"
        shutil.copytree(bank_module.FOLDER, questions, dirs_exist_ok=True)
        monkeypatch.setattr(bank_module, "FOLDER", questions)
        monkeypatch.syspath_prepend(tmp_path)

        settings.BASE_DIR = tmp_path
        (engine,) = settings.TEMPLATES
        folders = [tmp_path / "templates", *engine["DIRS"]]
        settings.TEMPLATES = [{**engine, "DIRS": folders}]
        settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tea_demo"]
        settings.COURSE_TRACKS = [*settings.COURSE_TRACKS, "tea_demo.lessons.TEA"]
        urls = types.ModuleType("urls_with_tea")
        urls.urlpatterns = [path("tea/", include("tea_demo.urls")), *site_patterns]
        monkeypatch.setitem(sys.modules, "urls_with_tea", urls)
        settings.ROOT_URLCONF = "urls_with_tea"

    def forget():
        for cached in CACHES:
            cached.cache_clear()
        clear_url_caches()
        for name in [name for name in sys.modules if name.startswith("tea_demo")]:
            del sys.modules[name]

    forget()
    yield make
    forget()


def test_example_keeps_the_contract(make_site):
    make_site(example())

    assert "tea_demo" in apps()
    assert lessons_of("tea_demo") == ["brew_tea"]
    assert shortcomings("tea_demo", "brew_tea") == []


@pytest.mark.django_db
def test_example_is_a_page_that_works(make_site, client):
    make_site(example())

    assert client.post("/tea/brew/", {"strength": "boiled"}).status_code == 400
    response = client.post("/tea/brew/", {"strength": "strong"}, follow=True)

    assert response.status_code == 200
    page = soup_of(response)
    assert "strong" in page.find(id="result").get_text()
    assert "def brew_tea(request):" in page.select_one("#code pre").get_text()
    assert page.select("#questions details")
    for question in bank().questions_for("tea_demo:brew_tea"):
        place = page.find(id=question.anchor)
        is_said = place.find_parent(id="notes") is not None
        assert question.proof == ("read" if is_said else "click")


@pytest.mark.parametrize(
    ("file", "replacement", "missing"),
    [
        (QUESTION, ("tea_demo:brew_tea", "cookies_demo:set_cookie"), "question"),
        (PLACE, ("LESSONS = (", "LESSONS = () and ("), "place"),
        (VIEW, ('    """Keep how strong you like your tea."""\n', ""), "docstring"),
        (VIEW, ('@require_http_methods(["GET", "HEAD", "POST"])\n', ""), "methods"),
        (VIEW, ("    error = None\n", "    error = None\n" * 12), "length"),
        (VIEW, ("    error = None\n", f"    error = None  # {'x' * 60}\n"), "width"),
        (TEMPLATE, ("block traps", "block trap"), "template"),
        ("tea_demo/urls.py", ('name="brew_tea"', 'name="brew"'), "URL"),
    ],
)
def test_contract_names_what_is_missing(make_site, file, replacement, missing):
    files = example()
    assert replacement[0] in files[file]
    files[file] = files[file].replace(*replacement)
    make_site(files)

    found = shortcomings("tea_demo", "brew_tea")

    assert [sentence.partition(":")[0] for sentence in found] == [missing]


@pytest.mark.parametrize(("file", "missing"), [(TEMPLATE, "template"), (QUESTION, "question")])
def test_contract_names_a_missing_file(make_site, file, missing):
    files = example()
    del files[file]
    make_site(files)

    found = shortcomings("tea_demo", "brew_tea")

    assert [sentence.partition(":")[0] for sentence in found] == [missing]

"""Whatever a browser, a row or a form holds: never a 500, never unescaped, never another's data."""

import string
from functools import cache

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.lessons import tracks

pytestmark = pytest.mark.django_db

LESSONS = [lesson.url for track in tracks() for lesson in track.lessons]
OTHERS = ["/", "/start-over/", "/nowhere/", "/notes/", "/search/?q=a"]
INTERVIEW = ["/interview/mock/", "/interview/cards/csrf/", "/interview/cards/?tier=A"]
PAGES = [*OTHERS, *INTERVIEW, *LESSONS]
SECRET = "only-the-owner-may-see-this"

# Text as WSGI hands it over: each character is one byte.
header_bytes = st.text(st.characters(min_codepoint=0, max_codepoint=255), max_size=300)
NAMES = ["sessionid", "csrftoken", "user_name", "visits", "note", "__Host-a", "<b>", "", " "]
names = st.sampled_from(NAMES)
values = st.one_of(
    header_bytes,
    st.sampled_from(
        [
            '"><script>alert(1)</script>',
            "</textarea>",
            "&lt;",
            r'"\074script\076"',
            '"',
            '"a;b',
            "x" * 8192,
            "a" * 32,
            "yes:1abcde:x",
            "{}",
            "%ED%A0%80",
        ]
    ),
)
cookies = st.lists(st.tuples(names, values), max_size=6).map(
    lambda pairs: "; ".join(f"{name}={value}" for name, value in pairs)
)
headers = st.one_of(header_bytes, cookies)

relaxed = settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)


@pytest.fixture(scope="session")
def owner_key():
    return "owner" + "0" * 27


@pytest.fixture
def owned(db, owner_key):
    """Another browser's row."""
    Session.objects.create(
        session_key=owner_key,
        session_data=SessionStore().encode({"user_name": SECRET}),
        expire_date=timezone.now() + timezone.timedelta(days=1),
    )


def assert_harmless(response):
    """The page is whole, nothing hostile became markup, and nothing of another's is on it."""
    assert response.status_code < 500
    for name, value in response.items():
        assert "\r" not in value, name
        assert "\n" not in value, name
    for morsel in response.cookies.values():
        line = morsel.OutputString()
        assert "\r" not in line
        assert "\n" not in line
    if response.get("Content-Type", "").startswith("text/html"):
        page = response.content.decode()
        assert SECRET not in page
        soup = BeautifulSoup(page, "html.parser")
        assert all(script.get("src") for script in soup.find_all("script"))
        assert not soup.select("b:has(> alert), img[onerror], [onmouseover]")
    return response


@relaxed
@given(header=headers, path=st.sampled_from(PAGES))
def test_any_cookie_header_on_any_page(owned, header, path):
    assert_harmless(Client().get(path, headers={"cookie": header}))


@relaxed
@given(header=headers)
def test_any_cookie_header_on_a_refresh(owned, header):
    response = Client().get("/", headers={"cookie": header, "Live-Panel": "refresh"})

    assert assert_harmless(response).status_code == 200


@cache
def fields_of(path):
    """Return the names that the forms on the page at `path` send."""
    page = BeautifulSoup(Client().get(path, follow=True).content, "html.parser")
    names = {field["name"] for field in page.select("main form [name]")}
    return sorted(names - {"csrfmiddlewaretoken"})


@relaxed
@given(header=headers, path=st.sampled_from([*LESSONS, "/interview/mock/"]), data=st.data())
def test_any_form_on_any_page(owned, header, path, data):
    client = Client()
    form = {name: data.draw(st.text(max_size=80), label=name) for name in fields_of(path)}
    assert_harmless(client.post(path, form, headers={"cookie": header}))

    assert_harmless(client.get(path))


@relaxed
@given(
    data=st.one_of(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200),
        st.text(string.ascii_letters + "-_:.", max_size=200),
        st.builds(
            lambda data, cut: SessionStore().encode(data)[:cut] + "x",
            st.dictionaries(st.text(max_size=5), st.text(max_size=5)),
            st.integers(0, 60),
        ),
    ),
    path=st.sampled_from(PAGES),
)
def test_any_garbled_row(data, path):
    key = "garbled" + "0" * 25
    Session.objects.update_or_create(
        pk=key,
        defaults={
            "session_data": data,
            "expire_date": timezone.now() + timezone.timedelta(days=1),
        },
    )

    assert_harmless(Client().get(path, headers={"cookie": f"sessionid={key}"}))


@relaxed
@given(
    session=st.dictionaries(
        st.text(st.characters(exclude_categories=[]), max_size=20),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=50),
            lambda children: st.lists(children, max_size=3),
            max_leaves=5,
        ),
        max_size=5,
    )
)
def test_any_session_is_shown_as_it_is(session):
    store = SessionStore()
    store.update(session)
    store.save()

    response = Client().get("/cookies/why/", headers={"cookie": f"sessionid={store.session_key}"})

    page = BeautifulSoup(assert_harmless(response).content.decode(), "html.parser")
    import json

    shown = page.select_one('[data-now] [data-panel="session-decoded"]').get_text()
    assert json.loads(shown) == json.loads(json.dumps(session))


def test_another_browsers_key_is_a_key(owned, owner_key):
    """By protocol, whoever sends a key has that session; the panel shows it no wider than that."""
    page = Client().get("/", headers={"cookie": f"sessionid={owner_key}"}).content.decode()
    other = Client().get("/").content.decode()

    assert SECRET in page
    assert SECRET not in other

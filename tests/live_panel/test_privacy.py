"""Nobody sees another's exchanges or row: what the panel may never do otherwise."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from random import Random
from threading import Barrier

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.cache import caches
from django.test import Client, RequestFactory

from live_panel import history, stores
from live_panel.storage import MAX_EXCHANGES
from tests.helpers import fact, soup_of
from tests.live_panel import stub_views
from tests.live_panel.stub_views import during

pytestmark = pytest.mark.django_db

TOKEN = "t" * 32
HOME, ELSEWHERE = "192.0.2.1", "203.0.113.9"
NOTE = "tulips-at-noon"
LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"


@pytest.fixture(autouse=True)
def _project(settings):
    settings.ROOT_URLCONF = stub_views.URLCONF
    settings.MIDDLEWARE = stub_views.MIDDLEWARE
    settings.LIVE_PANEL_SESSION_COOKIES = {}
    yield
    during.clear()


@pytest.fixture(params=["memory", "cache"])
def kept(request, settings):
    """Both places where histories may lie, one after the other."""
    if request.param == "cache":
        use_a_cache(settings)
    return request.param


def use_a_cache(settings):
    settings.CACHES = {
        "default": {"BACKEND": LOCAL_MEMORY},
        "panel": {"BACKEND": LOCAL_MEMORY, "LOCATION": "panel", "OPTIONS": {"MAX_ENTRIES": 10_000}},
    }
    settings.LIVE_PANEL_CACHE = "panel"
    caches["panel"].clear()


@pytest.fixture(params=["same address", "other address"])
def thief(request):
    """A browser of somebody else's, in the same room or anywhere."""
    return a_browser(HOME if request.param == "same address" else ELSEWHERE)


@pytest.fixture
def victim():
    return a_browser(HOME)


class Browser(Client):
    """A test client that drops a deleted cookie, where Django's sends an empty one."""

    def request(self, **request):
        response = super().request(**request)
        for name in [name for name, morsel in self.cookies.items() if morsel["max-age"] == 0]:
            del self.cookies[name]
        return response


def a_browser(address=HOME, token=None):
    client = Browser(REMOTE_ADDR=address)
    if token:
        client.cookies["csrftoken"] = token
    return client


def give(client, **cookies):
    for name, value in cookies.items():
        client.cookies[name] = value


def token_of(client):
    return client.cookies["csrftoken"].value


def key_of(client):
    return client.cookies["sessionid"].value


def text_of(response):
    """Return what a page says, as it was sent and without its tags, which may cut a key apart."""
    sent = response.content.decode()
    return unescape(sent) + unescape(re.sub("<[^>]*>", "", sent))


def refresh(client, path="/page/"):
    return client.get(path, headers={"Live-Panel": "refresh"})


def ask(client, number, path="/page/"):
    return client.get(path, headers={"Live-Panel": f"exchange {number}"})


def answers(client):
    """Return every way to be told an exchange by its number."""
    for number in range(30):
        yield ask(client, number)
        yield client.get(f"/live-panel/{number}/")


def all_that_is_shown(client):
    """Return the text of all that the panel shows to a browser, its own new page the last."""
    shown = [refresh(client), *(a for a in answers(client) if a.status_code == 200)]
    return "".join(map(text_of, [*shown, client.get("/page/"), refresh(client)]))


def what_histories_hold():
    """Return everything that is kept but the keys beside the histories, of all browsers, as text.

    The repr of those keys is without them.
    """
    if django_settings.LIVE_PANEL_CACHE:
        return repr(entries())
    return repr(history.memory.__dict__)


def what_lies_there():
    """Return everything that is kept, of all browsers, as text."""
    if django_settings.LIVE_PANEL_CACHE:
        kept = [each for name, each in entries().items() if name.endswith(":session_keys")]
    else:
        kept = [shelf.keys for shelf in history.memory.shelves.values()]
    return what_histories_hold() + repr([each.key for keys in kept for each in keys])


def entries():
    """Return what is in the cache of the panel, as a dictionary."""
    cache = caches["panel"]
    names = [name.split(":", 2)[2] for name in cache._cache]
    return {name: cache.get(name) for name in names}


@pytest.fixture(autouse=True)
def _no_alias_by_default(settings):
    settings.LIVE_PANEL_CACHE = None


def with_a_session(client, note=NOTE):
    """Let a browser visit a page of its own and write a note. Return its session key."""
    client.get("/private/orchid/")
    client.post("/write/", {"note": note})
    client.get("/private/orchid/")
    return key_of(client)


SECRETS = ("orchid", NOTE)


@pytest.mark.usefixtures("kept")
class TestACopiedToken:
    """Somebody knows the victim's `csrftoken`, which stands in every form."""

    def test_the_victim_sees_it_all(self, victim):
        key = with_a_session(victim)

        shown = all_that_is_shown(victim)

        for secret in (key, *SECRETS):
            assert secret in shown

    def test_alone_it_opens_nothing(self, victim, thief):
        key = with_a_session(victim)
        give(thief, csrftoken=token_of(victim))

        assert {answer.status_code for answer in answers(thief)} == {404}
        shown = all_that_is_shown(thief)

        for secret in (key, *SECRETS):
            assert secret not in shown

    def test_a_made_up_key_beside_it_opens_nothing(self, victim, thief):
        key = with_a_session(victim)

        for made_up in ("", "x" * 32, key[:-1], key.upper() + "x"):
            give(thief, csrftoken=token_of(victim), sessionid=made_up)
            assert {answer.status_code for answer in answers(thief)} == {404}
            assert key not in text_of(refresh(thief))

    def test_the_key_alone_opens_no_history(self, victim, thief):
        with_a_session(victim)
        give(thief, sessionid=key_of(victim))

        assert {answer.status_code for answer in answers(thief)} == {404}

    def test_later_requests_of_the_victim_stay_unseen(self, victim, thief):
        with_a_session(victim)
        give(thief, csrftoken=token_of(victim))
        thief.get("/page/")
        victim.get("/private/lily/")

        assert "lily" in text_of(victim.get("/page/"))
        assert "lily" not in all_that_is_shown(thief)


@pytest.mark.usefixtures("kept")
class TestAPlantedToken:
    """A server on another port of the same host gave both browsers one `csrftoken`."""

    def test_before_the_session_exists(self, victim, thief):
        give(victim, csrftoken=TOKEN)
        give(thief, csrftoken=TOKEN)
        thief.get("/page/")
        victim.get("/page/")

        victim.post("/write/", {"note": NOTE})
        victim.get("/private/orchid/")

        key = key_of(victim)
        assert token_of(victim) == TOKEN
        for secret in (key, *SECRETS):
            assert secret in all_that_is_shown(victim)
        shown = all_that_is_shown(thief)
        for secret in (key, *SECRETS, "/write/"):
            assert secret not in shown

    def test_while_the_thief_waits_for_an_answer(self, victim, thief):
        give(victim, csrftoken=TOKEN)
        give(thief, csrftoken=TOKEN)
        victim.get("/page/")
        during.append(lambda: with_a_session(victim))

        answer = thief.get("/page/")

        assert not during
        for secret in (key_of(victim), *SECRETS):
            assert secret not in text_of(answer) + all_that_is_shown(thief)

    def test_two_sessions_made_at_once(self, victim, thief):
        give(victim, csrftoken=TOKEN)
        give(thief, csrftoken=TOKEN)
        during.append(lambda: victim.post("/write/", {"note": NOTE}))

        thief.post("/write/", {"note": "daisies"})

        victim.get("/private/orchid/")
        assert key_of(thief) != key_of(victim)
        shown = all_that_is_shown(thief)
        assert "daisies" in shown
        for secret in (key_of(victim), *SECRETS):
            assert secret not in shown

    def test_in_a_narrow_path_stands_twice_in_the_header(self, victim, thief):
        key = with_a_session(victim)
        real = token_of(victim)
        give(thief, csrftoken=TOKEN)
        # A browser sends the more specific path first, and Django keeps the last.
        header = f"csrftoken={TOKEN}; csrftoken={real}; sessionid={key}"

        page = victim.get("/private/violet/", headers={"cookie": header})

        assert NOTE in text_of(page)
        assert history.length(history.browser_of(page.wsgi_request)) == 4
        shown = all_that_is_shown(thief)
        for secret in (key, "violet", *SECRETS):
            assert secret not in shown

    def test_of_another_form_than_djangos_is_none(self, victim):
        give(victim, csrftoken="short")
        victim.get("/private/orchid/")
        assert len(token_of(victim)) == 32  # Django gave it another.
        assert ask(victim, 1).status_code == 200

        give(victim, csrftoken="short")

        assert id_of(victim) is None
        assert {ask(victim, number).status_code for number in range(30)} == {404}

    def test_with_a_session_cookie_that_opens_nothing(self, victim):
        """Whoever can plant one cookie can plant two. Elsewhere, they must not be enough."""
        thief = a_browser(ELSEWHERE)
        for client in (victim, thief):
            give(client, csrftoken=TOKEN, sessionid="g" * 32)

        victim.get("/private/orchid/")

        shown = all_that_is_shown(thief)
        assert "orchid" not in shown


@pytest.mark.usefixtures("kept")
class TestSigningIn:
    @pytest.fixture(autouse=True)
    def _people(self):
        for name in ("victim", "thief"):
            get_user_model().objects.create_user(name)

    def test_with_a_planted_token(self, victim, thief):
        give(victim, csrftoken=TOKEN)
        give(thief, csrftoken=TOKEN)
        anonymous = with_a_session(victim)

        victim.post("/sign-in/", {"name": "victim"})

        key = key_of(victim)
        assert key != anonymous
        assert token_of(victim) != TOKEN
        assert "orchid" in all_that_is_shown(victim)
        shown = all_that_is_shown(thief)
        for secret in (key, anonymous, *SECRETS, "/sign-in/"):
            assert secret not in shown

    def test_without_a_session_before(self, victim, thief):
        give(victim, csrftoken=TOKEN)
        give(thief, csrftoken=TOKEN)
        victim.get("/page/")

        victim.post("/sign-in/", {"name": "victim"})

        assert history.length(id_of(victim)) == 2
        shown = all_that_is_shown(thief)
        assert key_of(victim) not in shown
        assert "/sign-in/" not in shown

    def test_the_thief_does_not_take_the_history(self, victim, thief):
        give(victim, csrftoken=TOKEN)
        give(thief, csrftoken=TOKEN)
        key = with_a_session(victim)
        before = history.length(id_of(victim))

        thief.post("/sign-in/", {"name": "thief"})

        assert history.length(id_of(victim)) == before
        shown = all_that_is_shown(thief)
        assert "/sign-in/" in shown
        for secret in (key, *SECRETS):
            assert secret not in shown

    def test_nor_one_without_a_session_from_another_address(self, victim):
        thief = a_browser(ELSEWHERE, TOKEN)
        give(victim, csrftoken=TOKEN)
        victim.get("/private/orchid/")

        thief.post("/sign-in/", {"name": "thief"})

        assert history.length(id_of(victim)) == 1
        assert "orchid" not in all_that_is_shown(thief)

    def test_what_was_under_way_comes_along(self, victim):
        with_a_session(victim)
        during.append(lambda: victim.post("/sign-in/", {"name": "victim"}))

        victim.get("/api/tansy/")

        assert history.length(id_of(victim)) == 5
        assert "tansy" in all_that_is_shown(victim)


def request_of(client):
    """Return a request as the browser would send it now."""
    request = RequestFactory().get("/", REMOTE_ADDR=client.defaults["REMOTE_ADDR"])
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return request


def id_of(client):
    """Return the id of the browser as its cookies are now."""
    return history.browser_of(request_of(client))


ENDS = ["/flush/", "/sign-out/", "/drop-cookie/"]


@pytest.mark.usefixtures("kept")
class TestWithoutASessionAgain:
    @pytest.mark.parametrize("end", ENDS)
    def test_no_key_is_left_that_opens_something(self, victim, end):
        key = with_a_session(victim)
        assert key in what_histories_hold()

        victim.post(end)

        there = what_histories_hold()
        assert NOTE in there
        is_open = Session.objects.filter(pk=key).exists()
        assert is_open == (end == "/drop-cookie/")
        assert (key in there) != is_open
        assert f"{key[:4]}…" in there or not is_open

    def test_with_a_store_that_cannot_be_read_every_key_is_hidden(self, victim, monkeypatch):
        key = with_a_session(victim)

        def fail(*args, **kwargs):
            raise OSError

        monkeypatch.setattr(stores, "read", fail)
        victim.post("/drop-cookie/")

        assert NOTE in what_histories_hold()
        assert key not in what_histories_hold()

    @pytest.mark.parametrize("end", ENDS)
    def test_the_browser_itself_still_sees_its_story(self, victim, end):
        key = with_a_session(victim)
        number = history.length(id_of(victim)) + 1

        victim.post(end)

        told = text_of(ask(victim, number))
        assert f"POST {end}" in told or end in told
        assert NOTE in told
        assert (key in told) == (end != "/drop-cookie/")
        assert "orchid" in all_that_is_shown(victim)

    def test_nothing_from_another_address(self, victim):
        with_a_session(victim)
        victim.post("/flush/")
        thief = a_browser(ELSEWHERE, token_of(victim))

        assert {answer.status_code for answer in answers(thief)} == {404}
        shown = all_that_is_shown(thief)
        for secret in SECRETS:
            assert secret not in shown

    def test_a_request_that_was_under_way_brings_no_key(self, victim):
        """The slow answer comes when the cookie is gone already, and its row is not."""
        key = with_a_session(victim)
        during.append(lambda: victim.post("/drop-cookie/"))

        victim.get("/api/tansy/")

        there = what_histories_hold()
        assert Session.objects.filter(pk=key).exists()
        assert "orchid" in there
        assert "tansy" in there
        assert key not in there

    @pytest.mark.parametrize("end", ["/flush/", "/drop-cookie/"])
    def test_other_sessions_of_the_project_stay_closed(self, victim, settings, end):
        """Those that LIVE_PANEL_SESSION_COOKIES names open something as well."""
        engine = "django.contrib.sessions.backends.db"
        settings.LIVE_PANEL_SESSION_COOKIES = {"other_sessionid": engine}
        other = stores.session_store(engine)()
        other["note"] = "peonies"
        other.create()
        give(victim, other_sessionid=other.session_key)
        with_a_session(victim)
        assert other.session_key in what_histories_hold()

        victim.post(end)

        assert NOTE in what_histories_hold()
        assert other.session_key not in what_histories_hold()

    def test_browser_itself_sees_what_holds_now_as_it_is(self, victim, settings):
        """What is hidden in its history is no news, and came by no other way."""
        engine = "django.contrib.sessions.backends.db"
        settings.LIVE_PANEL_SESSION_COOKIES = {"other_sessionid": engine}
        other = stores.session_store(engine)()
        other.create()
        give(victim, other_sessionid=other.session_key)

        victim.get("/page/")
        page = victim.get("/page/")
        refresh = victim.get("/page/", headers={"Live-Panel": "refresh"})

        for answer in (page, refresh):
            now = soup_of(answer).select_one("[data-now]")
            assert other.session_key in fact(now, "cookie-header")
            assert not now.select(".lp-added, .lp-changed, .lp-removed, [data-panel=since]")
        tag = soup_of(page).find(id="live-panel")["data-tag"]
        headers = {"Live-Panel": "refresh", "If-None-Match": tag}
        assert victim.get("/page/", headers=headers).status_code == 304


SIGNED = re.compile(r"\.?[\w-]+:\w+:[\w-]+", re.ASCII)


@pytest.mark.usefixtures("kept")
class TestSignedCookies:
    """With this engine the cookie is the session: whoever has its value has it for two weeks."""

    @pytest.fixture(autouse=True)
    def _engine(self, settings):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

    def opened(self, text):
        """Return how many different values stand in `text` that open a session."""
        found = set()
        for value in SIGNED.findall(text):
            try:
                signing.loads(value, salt=stores.COOKIE_SALT)
            except signing.BadSignature:
                continue
            found.add(value)
        return len(found)

    def random_note(self, shortest, longest):
        """Return a note whose session makes a cookie of so many characters."""
        random = Random(1)
        note = ""
        while not shortest <= len(self.cookie_of(note)) <= longest:
            assert len(self.cookie_of(note)) < longest
            note += f"{random.getrandbits(32):08x}"
        return note

    def cookie_of(self, note):
        return signing.dumps({"note": note}, salt=stores.COOKIE_SALT, compress=True)

    @pytest.mark.parametrize(
        "size",
        # The panel cuts a value at 2,000 characters, and the first of session data with them.
        [(0, 200), (400, 450), (1900, 1950), (2010, 2035), (2500, 2550), (3500, 3550)],
        ids=str,
    )
    def test_no_value_is_left_that_opens_something(self, victim, size):
        note = self.random_note(*size)
        victim.get("/page/")
        victim.post("/write/", {"note": note})
        victim.get("/page/")
        assert size[0] <= len(key_of(victim)) <= size[1]
        if size[1] <= 2000:
            assert self.opened(what_lies_there()) == 1

        victim.post("/drop-cookie/")

        assert history.length(id_of(victim)) == 4
        assert self.opened(what_lies_there()) == 0

    @pytest.mark.parametrize("size", [(0, 200), (400, 450), (2500, 2550)], ids=str)
    def test_no_value_is_left(self, victim, size):
        victim.get("/page/")
        victim.post("/write/", {"note": self.random_note(*size)})
        victim.get("/page/")
        value = key_of(victim)
        assert value[:100] in what_lies_there()

        victim.post("/drop-cookie/")

        assert value[:40] not in what_lies_there()

    def test_the_thief_sees_none(self, victim, thief):
        value = with_a_session(victim)
        give(thief, csrftoken=token_of(victim))

        assert value not in all_that_is_shown(thief)
        victim.post("/drop-cookie/")
        assert value not in all_that_is_shown(thief)


def keys_known_of(client):
    return [each.key for each in history.session_keys(request_of(client))]


def leave_a_row(client, note=NOTE):
    """Make a row, and take the cookie back. Return its key."""
    key = with_a_session(client, note)
    client.post("/drop-cookie/")
    assert "sessionid" not in client.cookies
    return key


@pytest.mark.usefixtures("kept")
class TestSessionKeys:
    """The keys of a browser's rows lie beside its history, for Python code of the project."""

    def test_who_has_no_cookie_has_none(self):
        assert keys_known_of(a_browser()) == []

    def test_a_key_stays_known_when_the_cookie_is_gone(self, victim):
        key = leave_a_row(victim)

        (known,) = history.session_keys(request_of(victim))

        assert known.key == key
        assert known.made_by == "POST /write/"
        assert time.time() - 60 < known.since < time.time()

    def test_and_when_the_row_is_gone(self, victim):
        key = with_a_session(victim)
        victim.post("/flush/")

        assert keys_known_of(victim) == [key]

    def test_newest_first(self, victim):
        keys = [leave_a_row(victim) for _ in range(3)]
        keys.append(with_a_session(victim))

        assert keys_known_of(victim) == keys[::-1]

    def test_they_go_along_when_both_cookies_change(self, victim):
        left, old = leave_a_row(victim), with_a_session(victim)

        victim.post("/cycle/")

        known = history.session_keys(request_of(victim))
        assert [each.key for each in known] == [key_of(victim), old, left]
        assert [each.made_by for each in known] == ["POST /cycle/", "POST /write/", "POST /write/"]

    def test_a_key_from_before_the_history_has_no_maker(self, victim):
        key = with_a_session(victim)
        history.forget(request_of(victim))

        victim.get("/api/")

        (known,) = history.session_keys(request_of(victim))
        assert (known.key, known.made_by) == (key, "")

    def test_a_key_that_is_put_back_brings_no_list_of_its_own(self, victim):
        first, second = leave_a_row(victim), leave_a_row(victim)
        give(victim, sessionid=first)
        assert keys_known_of(victim) == [second, first]

        victim.get("/private/orchid/")

        known = history.session_keys(request_of(victim))
        assert [each.key for each in known] == [second, first]
        assert {each.made_by for each in known} == {"POST /write/"}

    def test_of_a_request_that_was_under_way(self, victim):
        key = with_a_session(victim)
        during.append(lambda: victim.post("/drop-cookie/"))

        victim.get("/api/tansy/")

        assert not during
        assert keys_known_of(victim) == [key]

    def test_twenty_at_most(self, victim):
        keys = [leave_a_row(victim) for _ in range(23)]

        assert history.MAX_KEYS == 20
        assert keys_known_of(victim) == keys[:2:-1]

    @pytest.mark.parametrize("how", ["made up", "deleted"])
    def test_a_key_without_a_row_is_nobodys(self, victim, thief, how):
        key = "x" * 32
        if how == "deleted":
            key = with_a_session(victim)
            victim.post("/flush/")
        give(thief, sessionid=key)

        thief.get("/page/")
        thief.get("/reading/")

        assert keys_known_of(thief) == []
        assert (key in keys_known_of(victim)) == (how == "deleted")

    def test_whoever_presents_a_key_has_it(self, victim, thief):
        """It opens the session. There is nothing to hide from whoever has it."""
        key = with_a_session(victim)
        give(thief, sessionid=key)

        thief.get("/api/")

        assert keys_known_of(thief) == [key]

    @pytest.mark.parametrize("engine", ["cache", "file", "signed_cookies"])
    def test_only_of_rows(self, victim, settings, engine):
        settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"
        with_a_session(victim)
        victim.get("/reading/")

        assert keys_known_of(victim) == []

    def test_of_cached_rows_too(self, victim, settings):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

        assert leave_a_row(victim) in keys_known_of(victim)

    def test_a_copied_token_leads_to_none(self, victim, thief):
        leave_a_row(victim)
        key = with_a_session(victim)
        for made_up in ("", "x" * 32, key[:-1], key.upper() + "x"):
            give(thief, csrftoken=token_of(victim), sessionid=made_up)
            assert keys_known_of(thief) == []
        del thief.cookies["sessionid"]

        thief.get("/page/")

        assert keys_known_of(thief) == []
        assert len(keys_known_of(victim)) == 2

    def test_nor_does_it_from_another_address_without_a_session(self, victim):
        leave_a_row(victim)
        thief = a_browser(ELSEWHERE, token_of(victim))

        assert keys_known_of(thief) == []
        assert len(keys_known_of(victim)) == 1

    def test_from_the_same_address_none_is_shown(self, victim):
        """Python code of the project gets it. The panel hands it to nobody."""
        key = leave_a_row(victim)
        thief = a_browser(HOME, token_of(victim))
        assert keys_known_of(thief) == [key]

        shown = all_that_is_shown(thief)
        with_a_session(thief, "daisies")
        shown += all_that_is_shown(thief)

        assert "daisies" in shown
        assert key not in shown
        assert key not in what_histories_hold()

    def test_after_an_hour_none_is_left(self, victim, monkeypatch):
        key = leave_a_row(victim)
        now = time.time()
        for minutes in (40, 59, 61):
            monkeypatch.setattr(time, "time", lambda minutes=minutes: now + 60 * minutes)
            victim.get("/api/")
            assert (key in keys_known_of(victim)) == (minutes < 60)

        assert history.length(id_of(victim)) == 7

    @pytest.mark.parametrize("end", ["/forget-only/", "/start-over/"])
    def test_forgetting(self, victim, end):
        keys = [leave_a_row(victim), leave_a_row(victim)]
        assert all(key in what_lies_there() for key in keys)

        victim.post(end)

        assert not any(key in what_lies_there() for key in keys)
        assert keys_known_of(victim) == []

    def test_forgetting_after_a_key_was_put_back(self, victim):
        """There are two histories then, and both are forgotten."""
        keys = [leave_a_row(victim), leave_a_row(victim)]
        give(victim, sessionid=keys[0])
        victim.get("/private/orchid/")

        victim.post("/start-over/")

        assert not any(word in what_lies_there() for word in (*keys, *SECRETS))


@pytest.mark.usefixtures("kept")
class TestForgetting:
    def test_start_over_leaves_nothing(self, victim):
        victim.get("/page/")
        tokens, keys = {token_of(victim)}, {with_a_session(victim)}
        victim.post("/cycle/")
        victim.get("/private/orchid/")
        tokens.add(token_of(victim))
        keys.add(key_of(victim))
        before = what_lies_there()
        assert len(tokens) == len(keys) == 2
        for word in {*tokens, *keys, *SECRETS}:
            assert word in before

        victim.post("/start-over/")

        after = what_lies_there()
        for word in {*tokens, *keys, *SECRETS, "start-over"}:
            assert word not in after

    def test_no_shelf_is_left_in_memory(self, victim, settings):
        settings.LIVE_PANEL_CACHE = None
        with_a_session(victim)
        assert history.memory.size > 0

        victim.post("/start-over/")

        assert history.memory.shelves == {}
        assert history.memory.moved == {}
        assert history.memory.size == 0

    def test_forget_alone(self, victim):
        """The browser keeps its cookies, and its history begins with the request that forgot."""
        key = with_a_session(victim)

        victim.post("/forget-only/")

        assert history.length(id_of(victim)) == 1
        there = what_lies_there()
        assert "orchid" not in there
        assert f"sessionid={key}" in there

    def test_leaves_other_browsers_alone(self, victim):
        other = a_browser(HOME)
        with_a_session(other, "daisies")
        with_a_session(victim)

        victim.post("/start-over/")

        assert "daisies" in all_that_is_shown(other)


def test_start_over_of_the_site_leaves_nothing(settings):
    settings.ROOT_URLCONF = "tests.urls"
    settings.MIDDLEWARE = [
        *stub_views.MIDDLEWARE[:2],
        "demo_site.middleware.Utf8FormMiddleware",
        *stub_views.MIDDLEWARE[2:],
    ]
    client = Client()
    client.get("/sessions/set/")
    client.post("/sessions/set/", {"user_name": NOTE})
    client.get("/sessions/set/")
    key, token = key_of(client), token_of(client)
    for word in (key, token, NOTE):
        assert word in what_lies_there()

    assert client.post("/start-over/").status_code == 302

    for word in (key, token, NOTE):
        assert word not in what_lies_there()


@pytest.mark.usefixtures("kept")
class TestAtTheSameTime:
    """The sessions lie in a cache here: SQLite lets no other thread see a test's rows."""

    @pytest.fixture(autouse=True)
    def _sessions_in_memory(self, settings):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"

    def copy_of(self, client):
        """Return another tab of the same browser."""
        tab = a_browser(client.defaults["REMOTE_ADDR"])
        give(tab, **{name: morsel.value for name, morsel in client.cookies.items()})
        return tab

    def run(self, *calls):
        with ThreadPoolExecutor(len(calls)) as pool:
            for future in [pool.submit(call) for call in calls]:
                future.result()

    def test_none_is_lost(self, victim):
        with_a_session(victim)
        before = history.length(id_of(victim))
        tabs = [self.copy_of(victim) for _ in range(24)]

        self.run(*(lambda tab=tab: tab.get("/api/") for tab in tabs))

        self.check_numbers(victim, before + 24)

    def test_none_is_lost_when_both_cookies_change_in_between(self, victim):
        with_a_session(victim)
        before = history.length(id_of(victim))
        tabs = [self.copy_of(victim) for _ in range(12)]
        begun, changed = Barrier(13, timeout=10), Barrier(13, timeout=10)

        def wait():
            begun.wait()
            changed.wait()

        def change():
            begun.wait()
            victim.post("/cycle/")
            changed.wait()

        during.extend([wait] * 12)

        self.run(change, *(lambda tab=tab: tab.get("/page/") for tab in tabs))

        self.check_numbers(victim, before + 13)
        assert not during

    def check_numbers(self, client, length):
        found = history.load(id_of(client))
        assert found.length == length
        numbers = [exchange.number for exchange in found.exchanges]
        assert numbers == list(range(length, max(length - MAX_EXCHANGES, 0), -1))


@pytest.mark.usefixtures("kept")
class TestNumbers:
    def test_of_other_browsers_are_not_found(self, victim):
        other = a_browser(HOME)
        with_a_session(other)
        for _ in range(3):
            other.get("/private/orchid/")
        victim.get("/page/")

        found = [n for n in range(30) if ask(victim, n).status_code == 200]
        pages = [n for n in range(30) if victim.get(f"/live-panel/{n}/").status_code == 200]

        assert found == pages == [1]

    @pytest.mark.parametrize(
        "number", ["", "0", "-1", "1.0", "+1", "١", "1e0", "9" * 40, "x", "1\n"]
    )
    def test_that_are_none(self, victim, number):
        victim.get("/page/")

        assert ask(victim, 1).status_code == 200
        assert ask(victim, number).status_code == 404

    def test_nobody_without_cookies_has_a_history(self):
        a_browser(HOME).get("/api/")

        stranger = a_browser(HOME)

        assert {answer.status_code for answer in answers(stranger)} == {404}
        assert id_of(stranger) is None
        assert history.memory.shelves == {}

    def test_no_answer_may_be_kept(self, victim):
        with_a_session(victim)

        for answer in (victim.get("/page/"), refresh(victim), ask(victim, 1), ask(victim, 99)):
            assert answer["Cache-Control"] == "no-store, private"
        assert {"no-store", "private"} <= set(
            victim.get("/live-panel/1/")["Cache-Control"].split(", ")
        )


def test_the_id_says_nothing_of_the_cookies(victim):
    key = with_a_session(victim)

    browser = id_of(victim)

    assert re.fullmatch("[0-9a-f]{64}", browser)
    assert list(history.memory.shelves) == [browser]
    assert key not in browser
    assert token_of(victim) not in browser

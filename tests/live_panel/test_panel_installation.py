"""A wrong installation of the panel says so. `test_distribution.py` installs it."""

import pytest

from live_panel import checks

RECORDER, SESSION, CSRF = checks.RECORDER, checks.SESSION, checks.CSRF


class TestChecks:
    def ids(self, settings, middleware=None, **more):
        if middleware is not None:
            settings.MIDDLEWARE = middleware
        for name, value in more.items():
            setattr(settings, name, value)
        # Tests run with DEBUG off, where the panel is on only because LIVE_PANEL says so.
        settings.DEBUG = more.get("DEBUG", True)
        messages = checks.check_installation(None)
        assert all(message.hint for message in messages)
        return [message.id for message in messages]

    def test_site_itself_passes(self, settings):
        assert self.ids(settings) == []

    def test_no_recorder(self, settings):
        assert self.ids(settings, [SESSION, CSRF]) == ["live_panel.E001"]

    def test_no_session_middleware(self, settings):
        assert self.ids(settings, [RECORDER, CSRF]) == ["live_panel.W001"]

    @pytest.mark.parametrize("order", [[SESSION, RECORDER, CSRF], [CSRF, RECORDER, SESSION]])
    def test_recorder_too_late(self, settings, order):
        assert self.ids(settings, order) == ["live_panel.E002"]

    @pytest.mark.parametrize("late", [checks.GZIP, checks.CONDITIONAL_GET])
    def test_page_is_finished_before_the_recorder(self, settings, late):
        assert self.ids(settings, [RECORDER, SESSION, CSRF, late]) == ["live_panel.E003"]
        assert self.ids(settings, [late, RECORDER, SESSION, CSRF]) == []

    def test_toolbar_too_late(self, settings):
        order = [RECORDER, checks.TOOLBAR, SESSION, CSRF]

        assert self.ids(settings, order) == ["live_panel.E004"]

    def test_toolbar_panel_without_toolbar(self, settings, monkeypatch):
        # Not through the fixture: the toolbar listens to changed settings, and is not installed.
        monkeypatch.setattr(
            "django.conf.settings._wrapped.DEBUG_TOOLBAR_PANELS",
            [checks.TOOLBAR_PANEL],
            raising=False,
        )

        assert self.ids(settings) == ["live_panel.E005"]

    def test_csrftoken_that_scripts_can_read(self, settings):
        assert self.ids(settings, CSRF_COOKIE_HTTPONLY=False) == ["live_panel.W002"]

    def test_on_where_debug_is_off(self, settings):
        assert self.ids(settings, DEBUG=False) == ["live_panel.W003"]

    def test_cache_that_is_not_there(self, settings):
        assert self.ids(settings, LIVE_PANEL_CACHE="elsewhere") == ["live_panel.E006"]
        assert self.ids(settings, LIVE_PANEL_CACHE="default") == []

    def test_off_switch_silences_them(self, settings):
        assert self.ids(settings, [], LIVE_PANEL=False) == []

    def test_off_where_debug_is_off(self, settings):
        del settings.LIVE_PANEL

        assert self.ids(settings, [], DEBUG=False) == []
        assert self.ids(settings, [], DEBUG=True) == ["live_panel.E001"]

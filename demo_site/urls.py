from django.conf import settings
from django.urls import include, path

from course import views as course
from demo_site.search import search
from demo_site.start_over import forget_engines, forget_expired, start_over
from sessions_demo.apparatus.engines import COOKIE_PATH

urlpatterns = [
    path("", course.home, name="home"),
    path("developer-tools/", course.developer_tools, name="developer_tools"),
    path("cookies/", include("cookies_demo.urls")),
    # Below the lessons' own paths, or the cookies of those lessons would not be sent there.
    path(f"{COOKIE_PATH[1:]}start-over/", forget_engines, name="forget_engines"),
    path("sessions/clear-expired/start-over/", forget_expired, name="forget_expired"),
    path("sessions/", include("sessions_demo.urls")),
    path("interview/", include("interview_prep.urls")),
    path("live-panel/", include("live_panel.urls")),
    path("search/", search, name="search"),
    path("notes/", course.notes, name="notes"),
    path("notes/", include("course.urls")),
    # set_language: Django's own way to choose a language
    path("i18n/", include("django.conf.urls.i18n")),
    path("start-over/", start_over, name="start_over"),
]

if "debug_toolbar" in settings.INSTALLED_APPS:
    urlpatterns.append(path("__debug__/", include("debug_toolbar.urls")))

handler400 = "demo_site.errors.bad_request"
handler403 = "demo_site.errors.permission_denied"
handler404 = "demo_site.errors.page_not_found"
handler500 = "demo_site.errors.server_error"

from django.conf import settings
from django.urls import include, path

from demo_site import views
from interview_prep.views import search

urlpatterns = [
    path("", views.home, name="home"),
    path("cookies/", include("cookies_demo.urls")),
    path("sessions/", include("sessions_demo.urls")),
    path("interview/", include("interview_prep.urls")),
    path("search/", search, name="search"),
    path("notes/", views.notes, name="notes"),
    # set_language: Django's own way to choose a language
    path("i18n/", include("django.conf.urls.i18n")),
    path("start-over/", views.start_over, name="start_over"),
]

if "debug_toolbar" in settings.INSTALLED_APPS:
    urlpatterns.append(path("__debug__/", include("debug_toolbar.urls")))

handler400 = "demo_site.views.bad_request"
handler403 = "demo_site.views.permission_denied"
handler404 = "demo_site.views.page_not_found"
handler500 = "demo_site.views.server_error"

from django.urls import path

from sessions_demo import views

app_name = "sessions_demo"

urlpatterns = [
    path("why/", views.why_sessions, name="why_sessions"),
    path("set/", views.set_session, name="set_session"),
    path("get/", views.get_session, name="get_session"),
    path("update/", views.update_session, name="update_session"),
    path("nested/", views.nested_change, name="nested_change"),
    path("clear/", views.clear_session, name="clear_session"),
    path("login/", views.login_by_hand, name="login_by_hand"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("logout/", views.logout_by_hand, name="logout_by_hand"),
]

from django.urls import path

from sessions_demo import experiments, views

app_name = "sessions_demo"

urlpatterns = [
    path("why/", views.why_sessions, name="why_sessions"),
    path("how/", views.how_sessions_work, name="how_sessions_work"),
    path("set/", views.set_session, name="set_session"),
    path("get/", views.get_session, name="get_session"),
    path("update/", views.update_session, name="update_session"),
    path("nested/", views.nested_change, name="nested_change"),
    path("clear/", views.clear_session, name="clear_session"),
    path("login/", views.login_by_hand, name="login_by_hand"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("logout/", views.logout_by_hand, name="logout_by_hand"),
    path("django-login/", views.django_login, name="django_login"),
    path("django-logout/", views.django_logout, name="django_logout"),
    path("password-change/", views.password_change, name="password_change"),
    path("cart/", views.shopping_cart, name="shopping_cart"),
    path("steps/", views.step_form, name="step_form"),
    path("experiments/make-account/", experiments.make_account, name="make_account"),
    path("experiments/other-browser/", experiments.other_browser, name="other_browser"),
    path("experiments/delete-account/", experiments.delete_account, name="delete_account"),
    path("expiry/", views.session_expiry, name="session_expiry"),
    path("clear-expired/", views.clear_expired, name="clear_expired"),
    path("data/", views.session_data, name="session_data"),
    path("engines/", views.session_engines, name="session_engines"),
    # Below the lesson's own path, or the five cookies would not be sent here.
    path("engines/copy/", experiments.copy_cookies, name="copy_cookies"),
    path("engines/send-copies/", experiments.send_copies, name="send_copies"),
    path("engines/empty-cache/", experiments.empty_cache, name="empty_cache"),
    path("cost/", views.session_cost, name="session_cost"),
    path("json/", views.json_rule, name="json_rule"),
    path("shared-computer/", views.shared_computer, name="shared_computer"),
    path("module-variable/", views.module_variable, name="module_variable"),
    path("whole-object/", views.whole_object, name="whole_object"),
    path("stored-password/", views.stored_password, name="stored_password"),
    path(
        "experiments/sign-out-with-flush/",
        experiments.sign_out_with_flush,
        name="sign_out_with_flush",
    ),
    path("experiments/drink-in-session/", experiments.drink_in_session, name="drink_in_session"),
    path("experiments/change-product/", experiments.change_product, name="change_product"),
    path("experiments/choose-by-id/", experiments.choose_by_id, name="choose_by_id"),
    path("experiments/store-the-fact/", experiments.store_the_fact, name="store_the_fact"),
]

from django.urls import path

from cookies_demo import experiments, views

app_name = "cookies_demo"

urlpatterns = [
    path("why/", views.why_cookies, name="why_cookies"),
    path("how/", views.how_cookies_work, name="how_cookies_work"),
    path("set/", views.set_cookie, name="set_cookie"),
    path("get/", views.get_cookie, name="get_cookie"),
    path("update/", views.update_cookie, name="update_cookie"),
    path("delete/", views.delete_cookie, name="delete_cookie"),
    path("delete-path/", views.delete_with_path, name="delete_with_path"),
    path("expiry/", views.cookie_expiry, name="cookie_expiry"),
    path("scope/", views.cookie_scope, name="cookie_scope"),
    path("flags/", views.secure_cookie, name="secure_cookie"),
    path("tampering/", views.tampering, name="tampering"),
    path("signed/", views.signed_cookie, name="signed_cookie"),
    path("remember-me/", views.remember_me, name="remember_me"),
    path("welcome/", views.welcome, name="welcome"),
    path("forget-me/", views.forget_me, name="forget_me"),
    path("limits/", views.cookie_limits, name="cookie_limits"),
    path("prefixes/", views.name_prefixes, name="name_prefixes"),
    path("encoding/", views.cookie_encoding, name="cookie_encoding"),
    # Below the lesson on scope, because their paths are what it is about
    path("scope/shop/", experiments.scope_page, name="scope_shop"),
    path("scope/shop/cart/", experiments.scope_page, name="scope_cart"),
    path("scope/shopping/", experiments.scope_page, name="scope_shopping"),
    path("experiments/rights/", experiments.rights_on_the_server, name="rights_on_the_server"),
    path("experiments/many/", experiments.many_cookies, name="many_cookies"),
    path("experiments/smuggled/", experiments.smuggled_attribute, name="smuggled_attribute"),
]

from django.urls import path, re_path

from cookies_demo import experiments, views
from cookies_demo.experiments.samesite import RULES, RUN

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
    path("flags/", views.cookie_flags, name="cookie_flags"),
    path("tampering/", views.tampering, name="tampering"),
    path("signed/", views.signed_cookie, name="signed_cookie"),
    path("remember-me/", views.remember_me, name="remember_me"),
    path("welcome/", views.welcome, name="welcome"),
    path("forget-me/", views.forget_me, name="forget_me"),
    path("limits/", views.cookie_limits, name="cookie_limits"),
    path("prefixes/", views.name_prefixes, name="name_prefixes"),
    path("encoding/", views.cookie_encoding, name="cookie_encoding"),
    path("preferences/", views.preferences, name="preferences"),
    path("tracking/", views.tracking, name="tracking"),
    path("samesite/", views.samesite, name="samesite"),
    path("forged-request/", views.forged_request, name="forged_request"),
    path("password/", views.password_cookie, name="password_cookie"),
    path("recap/", views.cookie_recap, name="cookie_recap"),
    path("cookie-or-session/", views.cookie_or_session, name="cookie_or_session"),
    # Below the lesson on scope, because their paths are what it is about
    path("scope/shop/", experiments.scope_page, name="scope_shop"),
    path("scope/shop/cart/", experiments.scope_page, name="scope_cart"),
    path("scope/shopping/", experiments.scope_page, name="scope_shopping"),
    path("experiments/rights/", experiments.rights_on_the_server, name="rights_on_the_server"),
    path("experiments/many/", experiments.many_cookies, name="many_cookies"),
    path("experiments/quotes/", experiments.many_quotes, name="many_quotes"),
    path("experiments/delete-prefixed/", experiments.delete_prefixed, name="delete_prefixed"),
    path("experiments/http-prefix/", experiments.http_prefix, name="http_prefix"),
    path("experiments/smuggled/", experiments.smuggled_attribute, name="smuggled_attribute"),
    re_path("^experiments/shop/(?P<article>hats|shoes)/$", experiments.shop, name="shop"),
    path("experiments/withdraw/", experiments.withdraw, name="withdraw"),
    path("experiments/news/", experiments.news, name="news"),
    re_path(
        r"^experiments/image/(?P<page>lesson|hats|shoes|news)\.svg$",
        experiments.tracking_image,
        name="tracking_image",
    ),
    re_path(f"^experiments/stranger/(?P<run>{RUN})/$", experiments.stranger, name="stranger"),
    re_path(
        f"^experiments/arrival/(?P<run>{RUN})/(?P<kind>{'|'.join(RULES)})/$",
        experiments.arrival,
        name="arrival",
    ),
    path("experiments/prize/", experiments.prize, name="prize"),
    path("experiments/unprotected/", experiments.unprotected_transfer, name="unprotected_transfer"),
    path("experiments/protected/", experiments.protected_transfer, name="protected_transfer"),
    path("experiments/no-token/", experiments.form_without_token, name="form_without_token"),
]

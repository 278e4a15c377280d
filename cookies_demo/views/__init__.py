"""The cookie lessons, by subject. Each view is printed on the page that it serves."""

from cookies_demo.views.basics import (
    delete_cookie,
    delete_with_path,
    get_cookie,
    secure_cookie,
    set_cookie,
    update_cookie,
    why_cookies,
)
from cookies_demo.views.looking_back import cookie_or_session, cookie_recap
from cookies_demo.views.mistakes import password_cookie
from cookies_demo.views.other_sites import forged_request, samesite
from cookies_demo.views.personal import preferences, tracking
from cookies_demo.views.reach import cookie_expiry, cookie_scope
from cookies_demo.views.remembering import forget_me, remember_me, welcome
from cookies_demo.views.round_trip import how_cookies_work
from cookies_demo.views.shape import cookie_encoding, cookie_limits, name_prefixes
from cookies_demo.views.trust import signed_cookie, tampering

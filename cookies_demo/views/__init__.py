"""The cookie lessons, by subject: what the pages print."""

from cookies_demo.views.basics import (
    delete_cookie,
    delete_with_path,
    get_cookie,
    set_cookie,
    update_cookie,
)
from cookies_demo.views.csrf import (
    forged_request,
)
from cookies_demo.views.encoding import (
    cookie_encoding,
)
from cookies_demo.views.expiry import (
    cookie_expiry,
)
from cookies_demo.views.flags import (
    cookie_flags,
)
from cookies_demo.views.introduction import (
    how_cookies_work,
    why_cookies,
)
from cookies_demo.views.limits import (
    cookie_limits,
)
from cookies_demo.views.passwords import (
    password_cookie,
)
from cookies_demo.views.preferences import (
    preferences,
)
from cookies_demo.views.prefixes import (
    name_prefixes,
)
from cookies_demo.views.recap import (
    cookie_recap,
)
from cookies_demo.views.remember_me import (
    forget_me,
    remember_me,
    welcome,
)
from cookies_demo.views.samesite import (
    samesite,
)
from cookies_demo.views.scope import (
    cookie_scope,
)
from cookies_demo.views.side_by_side import (
    cookie_or_session,
)
from cookies_demo.views.signing import (
    signed_cookie,
    tampering,
)
from cookies_demo.views.tracking import (
    tracking,
)

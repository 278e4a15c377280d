"""What the lessons need: pages to visit, and views to compare."""

from cookies_demo.experiments.csrf import (
    form_without_token,
    prize,
    protected_transfer,
    unprotected_transfer,
)
from cookies_demo.experiments.encoding import smuggled_attribute
from cookies_demo.experiments.limits import many_cookies, many_quotes
from cookies_demo.experiments.prefixes import (
    delete_prefixed,
    http_prefix,
)
from cookies_demo.experiments.remember_me import (
    notes_dashboard,
    notes_forget,
    notes_login,
    remembered_again,
    stricter_readings,
    welcome_door,
)
from cookies_demo.experiments.samesite import arrival, stranger
from cookies_demo.experiments.scope import scope_host, scope_page
from cookies_demo.experiments.signing import (
    forged_cookie,
    remove_rights,
    rights_on_the_server,
)
from cookies_demo.experiments.tracking import (
    news,
    shop,
    tracking_image,
    withdraw,
)

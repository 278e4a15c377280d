"""The session lessons. Each view is printed on its own page."""

from sessions_demo.views.basics import (
    clear_session,
    get_session,
    nested_change,
    set_session,
    update_session,
)
from sessions_demo.views.cart import (
    shopping_cart,
)
from sessions_demo.views.concurrency import (
    lost_update,
    session_deleted,
)
from sessions_demo.views.cost import (
    session_cost,
)
from sessions_demo.views.django_auth import (
    django_login,
    django_logout,
    password_change,
)
from sessions_demo.views.engines import (
    session_engines,
)
from sessions_demo.views.expiry import (
    clear_expired,
    session_expiry,
)
from sessions_demo.views.introduction import (
    how_sessions_work,
    why_sessions,
)
from sessions_demo.views.login_by_hand import (
    dashboard,
    login_by_hand,
    logout_by_hand,
)
from sessions_demo.views.mistakes import (
    module_variable,
    shared_computer,
    stored_password,
    whole_object,
)
from sessions_demo.views.recap import (
    session_recap,
)
from sessions_demo.views.serialization import (
    json_rule,
)
from sessions_demo.views.session_data import (
    session_data,
)
from sessions_demo.views.steps import (
    step_form,
)

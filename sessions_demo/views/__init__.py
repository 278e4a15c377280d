"""The session lessons, by subject. Each view is printed on the page that it serves."""

from sessions_demo.views.basics import (
    clear_session,
    get_session,
    nested_change,
    set_session,
    update_session,
    why_sessions,
)
from sessions_demo.views.by_hand import dashboard, login_by_hand, logout_by_hand
from sessions_demo.views.django_auth import django_login, django_logout, password_change
from sessions_demo.views.lifetime import clear_expired, session_expiry
from sessions_demo.views.looking_back import session_recap
from sessions_demo.views.mistakes import (
    module_variable,
    shared_computer,
    stored_password,
    whole_object,
)
from sessions_demo.views.overlapping import lost_update, session_deleted
from sessions_demo.views.request_path import how_sessions_work
from sessions_demo.views.storage import json_rule, session_cost, session_data, session_engines
from sessions_demo.views.uses import shopping_cart, step_form

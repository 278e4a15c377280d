"""What lessons need and is no lesson: side doors, wrong views."""

from sessions_demo.experiments.basics import (
    append_by_luck,
    store_again,
)
from sessions_demo.experiments.cart import (
    empty_cart,
    sign_in_with_cart,
)
from sessions_demo.experiments.concurrency import (
    find_the_cause,
    flush_meanwhile,
    order_in_one_step,
    order_slowly,
    save_slowly,
)
from sessions_demo.experiments.django_auth import (
    begin_as_a_stranger,
    change_and_sign_in,
    delete_account,
    make_account,
    other_browser,
    sign_in_over,
    sign_in_to_sign_out,
)
from sessions_demo.experiments.engines import (
    copy_cookies,
    empty_cache,
    save_five_slowly,
    send_copies,
)
from sessions_demo.experiments.expiry import expire_soon
from sessions_demo.experiments.login_by_hand import (
    lose_the_key,
    redirecting_dashboard,
    sign_in_as_ada,
)
from sessions_demo.experiments.mistakes import (
    change_product,
    choose_by_id,
    drink_in_session,
    sign_out_with_flush,
    store_the_fact,
)
from sessions_demo.experiments.session_data import own_rows

"""What lessons need and is no lesson: side doors, and views that are wrong on purpose."""

from sessions_demo.experiments.concurrency import (
    find_the_cause,
    flush_meanwhile,
    order_in_one_step,
    order_slowly,
    save_slowly,
)
from sessions_demo.experiments.django_auth import (
    delete_account,
    make_account,
    other_browser,
)
from sessions_demo.experiments.engines import (
    copy_cookies,
    empty_cache,
    save_five_slowly,
    send_copies,
)
from sessions_demo.experiments.expiry import expire_soon
from sessions_demo.experiments.mistakes import (
    change_product,
    choose_by_id,
    drink_in_session,
    sign_out_with_flush,
    store_the_fact,
)

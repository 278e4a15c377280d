"""What lessons need and is no lesson: side doors, and views that are wrong on purpose."""

from sessions_demo.experiments.accounts import delete_account, make_account, other_browser
from sessions_demo.experiments.mistakes import (
    change_product,
    choose_by_id,
    drink_in_session,
    sign_out_with_flush,
    store_the_fact,
)
from sessions_demo.experiments.overlapping import (
    find_the_cause,
    flush_meanwhile,
    order_in_one_step,
    order_slowly,
    save_slowly,
)
from sessions_demo.experiments.storage import (
    copy_cookies,
    empty_cache,
    failure_of,
    send_copies,
    store_datetime,
)

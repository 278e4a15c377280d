"""What lessons need and is no lesson: side doors, and views that are wrong on purpose."""

from sessions_demo.experiments.accounts import delete_account, make_account, other_browser
from sessions_demo.experiments.storage import (
    copy_cookies,
    empty_cache,
    failure_of,
    send_copies,
    store_datetime,
)

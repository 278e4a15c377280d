"""The views of the notes, as they stand and mended.

What they may leave in a browser and in its session is named here, so
that it can be forgotten.
"""

COOKIES = (
    ("user_name", "/"),
    ("session_token", "/"),
    ("remember_me", "/"),
    ("remembered_user", "/"),
)

SESSION_KEYS = (
    "user_name",
    "login_count",
    "user_id",
    "_auth_user_id",
    "_auth_user_backend",
    "_auth_user_hash",
)

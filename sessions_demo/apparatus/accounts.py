"""The accounts that the login lessons use. None of them protects anything."""

# Made by migration 0001, for everybody.
USERNAMES = ("ada", "grace")
PASSWORD = "throw-away"

# Made by the lesson on password changes, each for one browser; their names begin with this.
THROW_AWAY = "visitor-"

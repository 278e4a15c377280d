"""How the throw-away passwords of the demo accounts are hashed."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickPasswordHasher(PBKDF2PasswordHasher):
    """Django's default hasher, a thousand times quicker: for throw-away passwords only."""

    iterations = 1_000

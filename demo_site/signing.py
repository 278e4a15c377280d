"""How the site's cookies are signed: as Django does it, and for a key that is public."""

from django.core.signing import BadSignature, TimestampSigner


class CookieSigner(TimestampSigner):
    """Django's own signer, which also refuses a good signature over a bad timestamp.

    Whoever knows the key can sign anything, and Django's raises `ValueError` for a timestamp
    that is none: a 500. Here the key for one's own machine is public, and forging with it is a
    lesson.
    """

    def unsign(self, value, max_age=None):
        """Return the original value. Raise `BadSignature` or `SignatureExpired`, as Django does."""
        try:
            return super().unsign(value, max_age)
        except (ValueError, IndexError, OverflowError) as error:
            raise BadSignature(f"Timestamp of “{value}” is none") from error

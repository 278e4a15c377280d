"""Cookies that were signed with the right key, over nonsense: nobody gets a 500 for them."""

import pytest
from django.core.signing import Signer
from django.urls import reverse

from course.lessons import tracks

COOKIES = ["remember_me_signed", "discount", "visitor", "toy_account", "short_lived_keys"]
PAGES = [lesson.url for track in tracks() for lesson in track.lessons]


def signed(name, text):
    """Return `text` signed as the cookie of that name, by somebody who knows the key."""
    from django.conf import settings

    signer = Signer(
        key="django.http.cookies" + settings.SECRET_KEY, salt=f"django.http.cookies.v2:0:{name}"
    )
    return signer.sign(text)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["yes", "yes:", "yes:%%", "yes:é", "", ":", "yes:" + "z" * 300])
def test_good_signature_over_nonsense_is_no_server_error(client, text):
    for name in COOKIES:
        client.cookies[name] = signed(name, text)

    assert {client.get(page).status_code for page in PAGES} <= {200, 403}


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "status"), [("yes:1abcde", 403), ("yes:%%", 403)])
def test_nonsense_lets_nobody_in(client, text, status):
    client.cookies["remember_me_signed"] = signed("remember_me_signed", text)

    assert client.get(reverse("cookies_demo:welcome")).status_code == status

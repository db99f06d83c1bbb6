"""Who comes in by a business's provider, and how far."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from conftest import browser
from dott.platform.identity.fresh import SENSITIVE
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Invitation, Membership, Session, Tenant, User
from dott.platform.identity.sessions import token_proof
from dott.platform.identity.tests.support import ME, age, follow_token, row_of, sign_in, token_of
from dott.platform.sso.models import Domain, Link
from dott.platform.sso.models import Provider as Configured
from dott.platform.sso.tests.provider import CLIENT_ID, Provider
from dott.platform.sso.tests.support import (
    FINISH,
    LINKS,
    SETTINGS,
    START,
    code_of,
    configure,
    finish,
    sign_in_by,
    started,
)
from dott.platform.tenancy import transactions
from dott.platform.tenancy.router import AUTH

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

CUSTOMERS = "/api/crm/customers/"


def mia_is(provider: Provider) -> None:
    """The provider's person is Mia."""
    provider.person = {"sub": "mia-1", "email": "mia@example.com", "email_verified": True, "name": "Mia"}


def connected(world: Any, provider: Provider, name: str = "mia") -> None:
    """Somebody of the bakery has connected it before."""
    Link.objects.create(
        business_id=world.bakery, user_id=world[name].user_id, issuer=provider.issuer, subject=f"{name}-1"
    )


def invite(world: Any, email: str, role: str = "viewer") -> None:
    Invitation.objects.create(
        business_id=world.bakery,
        email=email,
        role=role,
        token_hash=email.encode()[:32],
        invited_by_id=world["alice"].user_id,
        expires_at=timezone.now() + timedelta(days=1),
    )


def test_an_invited_person_of_the_domain_gets_an_account_and_her_place(
    world: Any, bakery_sso: Provider
) -> None:
    invite(world, "ann@corp.test")
    ann = browser()
    answer = sign_in_by(ann, bakery_sso, world.bakery)
    assert (answer.status_code, answer.json()) == (200, {"tenant": "bakery"})
    me = ann.get(ME).json()
    assert (me["user"]["email"], me["user"]["name"]) == ("ann@corp.test", "Ann")
    assert (me["membership"]["role"], me["tenant"]["slug"], me["is_confined"]) == ("viewer", "bakery", True)
    assert ann.get(CUSTOMERS).status_code == 200
    assert not User.objects.get(email="ann@corp.test").has_usable_password()
    assert Invitation.objects.get(email="ann@corp.test").accepted_at is not None
    assert mail.outbox[-1].to == ["ann@corp.test"]


def test_whoever_is_not_invited_comes_in_only_where_newcomers_may(
    world: Any, api_as: Any, bakery_sso: Provider
) -> None:
    assert code_of(sign_in_by(browser(), bakery_sso, world.bakery)) == (403, "not_invited")
    assert not User.objects.filter(email="ann@corp.test").exists()
    assert configure(api_as("alice"), bakery_sso, newcomers="member").status_code == 200
    ann = browser()
    assert sign_in_by(ann, bakery_sso, world.bakery).status_code == 200
    assert ann.get(ME).json()["membership"]["role"] == "member"


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "x", "email": "ann@corp.test", "email_verified": False},
        {"sub": "x", "email": "ann@corp.test"},
        {"sub": "x", "email": "ann@corp.test", "email_verified": "yes"},
        {"sub": "x", "email": "ann@elsewhere.test", "email_verified": True},
        {"sub": "x", "email": "ann@sub.corp.test", "email_verified": True},
        {"sub": "x", "email": ["ann@corp.test"], "email_verified": True},
        {"sub": "x"},
    ],
)
def test_only_a_verified_address_of_a_verified_domain_makes_an_account(
    world: Any, api_as: Any, bakery_sso: Provider, person: Any
) -> None:
    configure(api_as("alice"), bakery_sso, newcomers="member")
    before = User.objects.count()
    assert code_of(sign_in_by(browser(), bakery_sso, world.bakery, person)) == (409, "connect_first")
    assert (User.objects.count(), Link.objects.count()) == (before, 0)


def test_a_domain_that_is_not_verified_counts_for_nothing(
    world: Any, api_as: Any, bakery_sso: Provider
) -> None:
    configure(api_as("alice"), bakery_sso, newcomers="member")
    Domain.objects.update(verified_at=None)
    assert code_of(sign_in_by(browser(), bakery_sso, world.bakery)) == (409, "connect_first")


def test_a_providers_word_does_not_open_an_account_that_is_there(world: Any, bakery_sso: Provider) -> None:
    """Mia is even a member; her account is hers until she says otherwise."""
    Domain.objects.create(
        business_id=world.bakery, name="example.com", proof="also", verified_at=timezone.now()
    )
    mia_is(bakery_sso)
    before = Session.objects.filter(user__isnull=False).count()
    assert code_of(sign_in_by(browser(), bakery_sso, world.bakery)) == (409, "connect_first")
    assert (Session.objects.filter(user__isnull=False).count(), Link.objects.count()) == (before, 0)


def test_whether_there_is_an_account_is_not_told_to_a_provider(world: Any, bakery_sso: Provider) -> None:
    def said(email: str) -> Any:
        person = {"sub": email, "email": email, "email_verified": True}
        answer = sign_in_by(browser(), bakery_sso, world.bakery, person).json()
        return {name: answer[name] for name in ("status", "code", "detail")}

    assert said("bob@example.com") == said("nobody@example.com")


def test_she_proves_her_account_once_and_comes_by_single_sign_on_from_then_on(
    world: Any, api: Any, bakery_sso: Provider
) -> None:
    mia_is(bakery_sso)
    assert sign_in(api, "mia").status_code == 200
    own = token_of(api)
    answer = sign_in_by(api, bakery_sso, world.bakery)
    assert answer.status_code == 200, answer.content
    assert token_of(api) != own
    assert browser(own).get(ME).status_code == 401
    link = Link.objects.get()
    assert (link.user_id, link.business_id, link.subject) == (world["mia"].user_id, world.bakery, "mia-1")
    again = browser()
    assert sign_in_by(again, bakery_sso, world.bakery).status_code == 200
    assert again.get(ME).json()["user"]["email"] == "mia@example.com"


def test_connecting_asks_who_is_there(world: Any, api: Any, bakery_sso: Provider) -> None:
    sign_in(api, "mia")
    age(api, "auth_time", "11 minutes")
    answer = api.post(START, {"business": "bakery"})
    assert code_of(answer) == (403, "reauthentication_required")


def test_nobody_takes_over_a_connection_of_somebody_else(world: Any, api: Any, bakery_sso: Provider) -> None:
    mia_is(bakery_sso)
    connected(world, bakery_sso)
    sign_in(api, "vera")
    assert code_of(sign_in_by(api, bakery_sso, world.bakery)) == (409, "linked_to_another")
    assert api.get(ME).json()["user"]["email"] == "vera@example.com"


def test_a_stranger_who_is_signed_in_gets_no_place(world: Any, api: Any, bakery_sso: Provider) -> None:
    """Bob's own session, and a provider that says the address of somebody who is invited."""
    invite(world, "ann@corp.test", "admin")
    sign_in(api, "bob")
    assert code_of(sign_in_by(api, bakery_sso, world.bakery)) == (403, "not_invited")
    assert not all_memberships().filter(tenant_id=world.bakery, user_id=world["bob"].user_id).exists()
    assert Link.objects.count() == 0


def test_who_was_put_out_stays_out(world: Any, api_as: Any, bakery_sso: Provider) -> None:
    mia_is(bakery_sso)
    connected(world, bakery_sso)
    configure(api_as("alice"), bakery_sso, newcomers="member")
    all_memberships().filter(id=world["mia"].membership_id).update(status=Membership.Status.DISABLED)
    assert code_of(sign_in_by(browser(), bakery_sso, world.bakery)) == (403, "not_invited")
    User.objects.filter(id=world["mia"].user_id).update(is_active=False)
    all_memberships().filter(id=world["mia"].membership_id).update(status=Membership.Status.ACTIVE)
    assert code_of(sign_in_by(browser(), bakery_sso, world.bakery)) == (403, "not_invited")


def by_sso(world: Any, provider: Provider, name: str) -> Any:
    """A browser in which somebody of the bakery came by single sign-on."""
    connected(world, provider, name)
    found = browser()
    assert sign_in_by(found, provider, world.bakery, {"sub": f"{name}-1"}).status_code == 200
    return found


def test_the_session_is_for_that_business_only(world: Any, bakery_sso: Provider) -> None:
    """Sam works at the bike shop, too."""
    sam = by_sso(world, bakery_sso, "sam")
    assert [each["slug"] for each in sam.get("/api/tenants/").json()["results"]] == ["bakery"]
    assert code_of(sam.post("/api/tenants/switch/", {"tenant": "bikes"})) == (403, "confined_session")
    proof = token_proof(token_of(sam))
    with pytest.raises(transactions.MembershipRefused), transactions.session(proof, world.bikes):
        pass
    # Even if the row said so.
    Session.objects.filter(id=row_of(sam).id).update(active_tenant=world.bikes)
    with pytest.raises(transactions.MembershipRefused), transactions.session(proof):
        pass
    assert sam.get(CUSTOMERS).status_code == 403
    assert sam.get("/api/tenants/current/").status_code == 403
    assert sam.get(ME).json()["membership"] is None


def test_the_session_does_not_reach_the_account(world: Any, bakery_sso: Provider) -> None:
    mia = by_sso(world, bakery_sso, "mia")
    for method, path, body in (
        ("post", "/api/auth/browser/v1/account/password/change", {"new_password": "a new pass phrase"}),
        ("get", "/api/auth/factors/", {}),
        ("post", "/api/auth/factors/totp/begin/", {}),
        ("get", "/api/auth/sessions/", {}),
        ("post", "/api/auth/sessions/revoke-others/", {}),
        ("post", "/api/auth/step-up/password/", {"password": "guess"}),
        ("post", "/api/auth/invitations/accept/", {"token": "t"}),
        ("post", "/api/tenants/", {"name": "Mine", "currency": "EUR", "country": "DE"}),
        ("get", LINKS, {}),
        ("patch", ME, {"name": "Somebody"}),
    ):
        answer = getattr(mia, method)(path, body)
        assert code_of(answer) == (403, "confined_session"), path
    assert mia.patch(ME, {"language": "de"}).status_code == 200


def test_a_provider_is_believed_as_to_when_its_person_proved_herself(
    world: Any, bakery_sso: Provider
) -> None:
    bakery_sso.claims = {"auth_time": None}
    alice = by_sso(world, bakery_sso, "alice")
    step = alice.get("/api/auth/step-up/").json()
    assert step == {"is_fresh": False, "methods": ["single_sign_on"]}
    assert code_of(alice.delete(SETTINGS)) == (403, "reauthentication_required")
    url = started(alice, again=True)
    assert "prompt=login" in url and "max_age=0" in url
    # The provider did not ask.
    assert code_of(finish(alice, world.bakery, bakery_sso.authorize(url, {"sub": "alice-1"}))) == (
        502,
        "not_proved",
    )
    bakery_sso.claims = {}
    back = bakery_sso.authorize(started(alice, again=True), {"sub": "alice-1"})
    assert finish(alice, world.bakery, back).status_code == 200
    assert alice.get("/api/auth/step-up/").json()["is_fresh"] is True


def test_no_instant_in_the_future_keeps_a_session_fresh(world: Any, bakery_sso: Provider) -> None:
    bakery_sso.claims = {"auth_time": 4_000_000_000}
    assert by_sso(world, bakery_sso, "alice").get("/api/auth/step-up/").json()["is_fresh"] is False


def test_everybody_but_owners_can_be_held_to_it(world: Any, api_as: Any, bakery_sso: Provider) -> None:
    alice = api_as("alice")
    refused = configure(alice, bakery_sso, is_required=True)
    assert code_of(refused) == (409, "not_used_yet")
    mia = by_sso(world, bakery_sso, "mia")
    assert configure(alice, bakery_sso, is_required=True).status_code == 200
    assert mia.get(CUSTOMERS).status_code == 200
    assert alice.get(CUSTOMERS).status_code == 200
    for name in ("adam", "mia", "vera", "sam"):
        own = api_as(name)
        assert code_of(own.get(CUSTOMERS)) == (403, "single_sign_on_required")
        assert code_of(own.get("/api/tenants/current/")) == (403, "single_sign_on_required")
        assert own.get(ME).json()["lacks_single_sign_on"] is True
    with (
        pytest.raises(transactions.SingleSignOnRefused),
        transactions.session(token_proof(world["mia"].token)),
    ):
        pass
    # The other business is none of the bakery's business.
    sam = api_as("sam")
    assert sam.post("/api/tenants/switch/", {"tenant": "bikes"}).status_code == 200
    follow_token(sam)
    assert sam.get(CUSTOMERS).status_code == 200


def test_its_provider_answers_for_the_second_factor(world: Any, bakery_sso: Provider) -> None:
    Tenant.objects.filter(id=world.bakery).update(second_factor="everyone")
    mia = by_sso(world, bakery_sso, "mia")
    assert mia.get(CUSTOMERS).status_code == 200
    assert mia.get("/api/tenants/current/").status_code == 200
    assert mia.get(ME).json()["lacks_second_factor"] is False


def test_another_provider_ends_what_the_one_before_let_in(
    world: Any, api_as: Any, bakery_sso: Provider, other_provider: Provider
) -> None:
    mia = by_sso(world, bakery_sso, "mia")
    assert configure(api_as("alice"), other_provider).status_code == 200
    assert mia.get(CUSTOMERS).status_code == 401
    # The same subject at another issuer is somebody else.
    answer = sign_in_by(browser(), other_provider, world.bakery, {"sub": "mia-1"})
    assert code_of(answer) == (409, "connect_first")


def test_taking_it_away_lets_everybody_back_to_their_own(
    world: Any, api_as: Any, bakery_sso: Provider
) -> None:
    alice = api_as("alice")
    mia = by_sso(world, bakery_sso, "mia")
    configure(alice, bakery_sso, is_required=True)
    assert alice.delete(SETTINGS).status_code == 204
    assert mia.get(CUSTOMERS).status_code == 401
    assert api_as("mia").get(CUSTOMERS).status_code == 200
    assert (Configured.objects.count(), Link.objects.count()) == (0, 0)
    assert code_of(browser().post(START, {"business": "bakery"})) == (404, "no_single_sign_on")


def test_she_disconnects_it_herself(world: Any, api_as: Any, bakery_sso: Provider) -> None:
    came = by_sso(world, bakery_sso, "mia")
    mia = api_as("mia")
    (link,) = mia.get(LINKS).json()["results"]
    assert (link["business"], link["issuer"]) == ("Alice's Bakery", bakery_sso.issuer)
    assert api_as("vera").delete(f"{LINKS}{link['id']}/").status_code == 404
    assert mia.delete(f"{LINKS}{link['id']}/").status_code == 204
    assert came.get(CUSTOMERS).status_code == 401
    assert mia.get(CUSTOMERS).status_code == 200


def test_it_is_found_by_the_domain_of_an_address_or_by_the_business(world: Any, bakery_sso: Provider) -> None:
    found = browser().post(START, {"email": "Whoever@Corp.test"}).json()["url"]
    assert found.startswith(f"{bakery_sso.issuer}/authorize?")
    for body in ({"email": "x@elsewhere.test"}, {"business": "bikes"}, {"business": "nobody"}):
        assert code_of(browser().post(START, body)) == (404, "no_single_sign_on")
    for body in ({}, {"email": "x@corp.test", "business": "bakery"}):
        assert browser().post(START, body).status_code == 400


def test_a_key_that_was_made_otherwise_is_shut_out_with_its_maker(
    world: Any, api_as: Any, bakery_sso: Provider
) -> None:
    keys = "/api/tenants/current/api-keys/"
    body = {"name": "script", "scopes": ["customers:read"], "expires_in_days": 30}
    outside = api_as("mia").post(keys, body).json()["key"]
    inside = by_sso(world, bakery_sso, "mia").post(keys, body).json()["key"]
    configure(api_as("alice"), bakery_sso, is_required=True)

    def status(key: str) -> int:
        client = browser()
        client.cookies.clear()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
        return int(client.get(CUSTOMERS).status_code)

    assert (status(outside), status(inside)) == (403, 200)


def test_the_secret_is_sealed_and_never_shown(world: Any, api_as: Any, bakery_sso: Provider) -> None:
    row = Configured.objects.get()
    assert "s3cret" not in row.client_secret
    assert "secret" not in api_as("alice").get(SETTINGS).content.decode()
    assert row.client_id == CLIENT_ID


def test_only_owners_set_it_up(world: Any, api_as: Any, bakery_sso: Provider) -> None:
    for name in ("adam", "mia", "vera"):
        assert configure(api_as(name), bakery_sso).status_code == 403
        assert api_as(name).delete(SETTINGS).status_code == 403
    assert api_as("adam").get(SETTINGS).status_code == 200
    assert "sso-provider" in SENSITIVE


def test_an_invitation_whose_inviter_is_gone_offers_nothing(world: Any, bakery_sso: Provider) -> None:
    invite(world, "ann@corp.test")
    Invitation.objects.update(invited_by_id=world["mia"].user_id)
    assert code_of(sign_in_by(browser(), bakery_sso, world.bakery)) == (403, "not_invited")
    assert not EmailAddress.objects.using(AUTH).filter(email="ann@corp.test").exists()


def test_finish_takes_a_code_or_an_error(world: Any, bakery_sso: Provider) -> None:
    client = browser()
    back = bakery_sso.authorize(started(client))
    answer = finish(client, world.bakery, {"state": back["state"], "error": "access_denied"})
    assert code_of(answer) == (403, "sign_in_refused")
    assert client.post(FINISH, {"business": str(world.bakery), "state": "x"}).status_code == 400

"""The fixed world of the tests: three businesses and the people in them, committed once and always the same.

Alice owns the bakery, Mia is a member there and Vera a viewer. Bob owns the bike shop and is a
stranger to the bakery. Sam is a member of both. In the florist's shop members see their own records and
viewers those of their team: Olga owns it, Tara and Nora are members, Vito is a viewer in Nora's team.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Membership, Session, Team, TeamMember, Tenant, User
from dott.platform.identity.sessions import new_token, stored_hash
from dott.platform.tenancy.router import AUTH, MIGRATOR

PASSWORD = "correct horse battery staple"
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in, with a live session in one business."""

    name: str
    user_id: UUID
    tenant_id: UUID
    membership_id: UUID
    role: str
    token: str


class World:
    """Ids and tokens stay the same for the whole run, so a rebuilt world is the same world."""

    def __init__(self) -> None:
        self.bakery = uuid4()
        self.bikes = uuid4()
        self.florist = uuid4()
        self._password = make_password(PASSWORD)
        self.people = {
            person.name: person
            for person in (
                self._person("alice", self.bakery, "owner"),
                self._person("adam", self.bakery, "admin"),
                self._person("mia", self.bakery, "member"),
                self._person("vera", self.bakery, "viewer"),
                self._person("bob", self.bikes, "owner"),
                self._person("sam", self.bakery, "member"),
                self._person("olga", self.florist, "owner"),
                self._person("tara", self.florist, "member"),
                self._person("nora", self.florist, "member"),
                self._person("vito", self.florist, "viewer"),
            )
        }
        self.sam_at_bikes = uuid4()

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    @staticmethod
    def _person(name: str, tenant_id: UUID, role: str) -> Person:
        return Person(name, uuid4(), tenant_id, uuid4(), role, new_token())

    def build(self) -> None:
        """Commit the world through the login role, as sign-up would."""
        tenants = [
            ("bakery", "Alice's Bakery", self.bakery, "all", "all"),
            ("bikes", "Bob's Bikes", self.bikes, "all", "all"),
            ("florist", "Olga's Flowers", self.florist, "own", "team"),
        ]
        Tenant.objects.bulk_create(
            Tenant(
                id=id_,
                slug=slug,
                name=name,
                currency="EUR",
                country="DE",
                onboarded_at=timezone.now(),
                member_scope=of_members,
                viewer_scope=of_viewers,
            )
            for slug, name, id_, of_members, of_viewers in tenants
        )
        User.objects.bulk_create(
            User(
                id=person.user_id,
                email=f"{person.name}@example.com",
                name=person.name.title(),
                password=self._password,
            )
            for person in self.people.values()
        )
        memberships = [
            self._membership(person.membership_id, person.tenant_id, person, person.role)
            for person in self.people.values()
        ]
        memberships.append(self._membership(self.sam_at_bikes, self.bikes, self["sam"], "member"))
        all_memberships().bulk_create(memberships)
        self._make_team(self.bakery, "alice")
        self._make_team(self.bikes, "bob")
        self._make_team(self.florist, "nora", "vito")
        Session.objects.bulk_create(
            Session(
                token_hash=stored_hash(person.token),
                user_id=person.user_id,
                active_tenant=person.tenant_id,
                # And an act that asks who is there is allowed however long the run takes.
                auth_time=timezone.now() + timedelta(days=1),
                # A test is one long transaction over several connections. On a busy machine it lasts longer
                # than a minute, and the note that a session was seen would lock out the next connection.
                last_seen_at=timezone.now() + timedelta(hours=1),
                expires_at=timezone.now() + timedelta(days=7),
            )
            for person in self.people.values()
        )
        with connections[AUTH].cursor() as cursor:
            for person in self.people.values():
                cursor.execute(
                    'INSERT INTO account_emailaddress (email, verified, "primary", user_id)'
                    " VALUES (%s, true, true, %s)",
                    [f"{person.name}@example.com", person.user_id],
                )

    @staticmethod
    def _membership(id_: UUID, tenant_id: UUID, person: Person, role: str) -> Membership:
        return Membership(
            id=id_, tenant_id=tenant_id, user_id=person.user_id, role=role, display_name=person.name.title()
        )

    def _make_team(self, tenant_id: UUID, *names: str) -> None:
        team = Team(id=uuid4(), tenant_id=tenant_id, name="The team")
        QuerySet(Team, using=AUTH).bulk_create([team])
        QuerySet(TeamMember, using=AUTH).bulk_create(
            TeamMember(tenant_id=tenant_id, team_id=team.id, membership_id=self[name].membership_id)
            for name in names
        )

    @staticmethod
    def clear() -> None:
        """Empty every table as the owner; the application role has no TRUNCATE."""
        with connections[MIGRATOR].cursor() as cursor:
            names = set(connections[MIGRATOR].introspection.table_names(cursor)) - KEPT_TABLES
            cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in sorted(names)))

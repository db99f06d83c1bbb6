"""Put a signed-in session for each business into django_session, as Django's own login would."""

import django

django.setup()

from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from drf.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"

with connection.cursor() as cursor:
    cursor.execute("SELECT sid, user_id, business_id FROM peer.session")
    rows = cursor.fetchall()
users = {user.id: user for user in User.objects.all()}
store = SessionStore()
Session.objects.all().delete()
Session.objects.bulk_create(
    Session(
        session_key=sid,
        session_data=store.encode(
            {
                SESSION_KEY: str(user_id),
                BACKEND_SESSION_KEY: BACKEND,
                HASH_SESSION_KEY: users[user_id].get_session_auth_hash(),
                "business": str(business_id),
            }
        ),
        expire_date=timezone.now() + timedelta(days=3650),
    )
    for sid, user_id, business_id in rows
)

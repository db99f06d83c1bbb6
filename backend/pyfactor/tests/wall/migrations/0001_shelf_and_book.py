"""Two new tenant models, one of which points at the other; only its SQL is looked at."""

from django.db import migrations, models
from django.db.models import F, Q

from dott.platform.tenancy.fields import APPEND_ONLY, TenantForeignKey, TenantIdField, UUIDv7


class Migration(migrations.Migration):
    initial = True
    dependencies = [("identity", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Shelf",
            fields=[
                ("tenant_id", TenantIdField()),
                ("id", models.UUIDField(db_default=UUIDv7(), primary_key=True)),
                ("name", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=8, unique=True)),
            ],
            options={
                "db_table": "shelf",
                "indexes": [models.Index(fields=["name", "id"], name="shelf_by_name")],
            },
        ),
        migrations.CreateModel(
            name="Book",
            fields=[
                ("tenant_id", TenantIdField(grants=APPEND_ONLY)),
                ("id", models.UUIDField(db_default=UUIDv7(), primary_key=True)),
                ("title", models.CharField(max_length=200)),
                ("isbn", models.CharField(max_length=13, blank=True)),
                ("pages", models.IntegerField()),
                (
                    "shelf",
                    TenantForeignKey(on_delete=models.PROTECT, db_index=False, to="tenancy.shelf"),
                ),
            ],
            options={
                "db_table": "book",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["isbn"], condition=~Q(isbn=""), name="book_isbn_is_unique"
                    ),
                    models.UniqueConstraint(fields=["shelf", "title"], name="book_title_once_a_shelf"),
                    models.CheckConstraint(condition=Q(pages__gt=0), name="book_has_pages"),
                ],
            },
        ),
        migrations.AddField(
            model_name="book",
            name="owner",
            field=TenantForeignKey(null=True, on_delete=models.SET_NULL, to="identity.membership"),
        ),
        migrations.AddIndex(
            model_name="book",
            index=models.Index(F("tenant_id"), F("pages").desc(), name="book_by_length"),
        ),
    ]

"""Dott's tables as Django models that know nothing of Dott."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Now


class User(AbstractBaseUser):
    id = models.UUIDField(primary_key=True)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects = BaseUserManager()

    class Meta:
        managed = False
        db_table = "identity_user"


class Membership(models.Model):
    id = models.UUIDField(primary_key=True)
    tenant_id = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    role = models.CharField(max_length=10)
    status = models.CharField(max_length=10)
    display_name = models.CharField(max_length=120)

    class Meta:
        managed = False
        db_table = "identity_membership"


class NumberCounter(models.Model):
    id = models.UUIDField(primary_key=True)
    series = models.CharField(max_length=30)
    last_number = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "crm_number_counter"


class AuditLog(models.Model):
    business_id = models.UUIDField()
    membership_id = models.UUIDField()
    record_id = models.UUIDField()
    operation = models.CharField(max_length=10)
    before = models.JSONField()
    after = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False
        db_table = "audit_log"


def _text(length):
    return models.CharField(max_length=length, blank=True, default="")


def _member():
    return models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class Customer(models.Model):
    id = models.UUIDField(primary_key=True, db_default=Func(function="uuidv7"), editable=False)
    tenant_id = models.UUIDField()
    number = models.BigIntegerField()
    external_id = _text(80)
    kind = models.CharField(
        max_length=10, choices=[("business", "Business"), ("person", "Person")], default="business"
    )
    display_name = models.GeneratedField(
        expression=F("business_name"), output_field=models.CharField(max_length=255), db_persist=True
    )
    business_name = _text(255)
    salutation = _text(30)
    first_name = _text(100)
    last_name = _text(100)
    email = models.EmailField(max_length=254, blank=True, default="")
    phone = _text(16)
    phone_extension = _text(10)
    phone_raw = _text(40)
    website = models.URLField(max_length=2048, blank=True, default="")
    stage = models.CharField(
        max_length=10,
        choices=[(s, s) for s in ("lead", "prospect", "customer", "former", "partner", "other")],
        default="customer",
    )
    status = models.CharField(
        max_length=10, choices=[(s, s) for s in ("active", "inactive", "blocked")], default="active"
    )
    owner = _member()
    source = _text(80)
    industry = _text(80)
    tax_id = _text(32)
    is_tax_exempt = models.BooleanField(default=False)
    tax_exempt_certificate = _text(100)
    tax_exempt_expires_on = models.DateField(null=True, blank=True)
    currency = _text(3)
    language = _text(35)
    timezone = _text(64)
    billing_line1 = _text(255)
    billing_line2 = _text(255)
    billing_city = _text(120)
    billing_county = _text(120)
    billing_region = _text(120)
    billing_postal_code = _text(20)
    billing_country = _text(2)
    shipping_recipient = _text(120)
    shipping_phone = _text(16)
    shipping_line1 = _text(255)
    shipping_line2 = _text(255)
    shipping_city = _text(120)
    shipping_county = _text(120)
    shipping_region = _text(120)
    shipping_postal_code = _text(20)
    shipping_country = _text(2)
    delivery_instructions = _text(1000)
    notes = models.TextField(max_length=20000, blank=True, default="")
    do_not_call = models.BooleanField(default=False)
    do_not_email = models.BooleanField(default=False)
    tags = ArrayField(models.UUIDField(), blank=True, default=list)
    custom = models.JSONField(blank=True, default=dict)
    last_activity_at = models.DateTimeField(null=True, editable=False)
    next_activity_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    created_by = _member()
    updated_by = _member()
    deleted_at = models.DateTimeField(null=True, editable=False)
    version = models.BigIntegerField(default=1, editable=False)

    class Meta:
        managed = False
        db_table = "crm_customer"

    @property
    def account_number(self):
        return f"C-{self.number:06d}"

    @property
    def owner_name(self):
        return self.owner.display_name if self.owner else ""

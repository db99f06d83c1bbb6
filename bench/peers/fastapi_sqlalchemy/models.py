"""Dott's tables as SQLAlchemy models that know nothing of Dott."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Computed, FetchedValue, ForeignKey, Uuid, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import DateTime


class Base(DeclarativeBase):
    type_annotation_map = {datetime: DateTime(timezone=True), int: BigInteger, dict[str, Any]: JSONB}


class Session(Base):
    __tablename__ = "session"
    __table_args__ = {"schema": "peer"}

    sid: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID]
    business_id: Mapped[UUID]
    expires_at: Mapped[datetime]


class User(Base):
    __tablename__ = "identity_user"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    is_active: Mapped[bool]


class Membership(Base):
    __tablename__ = "identity_membership"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID]
    user_id: Mapped[UUID]
    role: Mapped[str]
    status: Mapped[str]
    display_name: Mapped[str]


class NumberCounter(Base):
    __tablename__ = "crm_number_counter"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    series: Mapped[str]
    last_number: Mapped[int]


class AuditLog(Base):
    __tablename__ = "audit_log"
    __table_args__ = {"schema": "peer"}

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[UUID]
    membership_id: Mapped[UUID]
    record_id: Mapped[UUID]
    operation: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class Customer(Base):
    __tablename__ = "crm_customer"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    tenant_id: Mapped[UUID]
    number: Mapped[int]
    external_id: Mapped[str]
    kind: Mapped[str]
    display_name: Mapped[str] = mapped_column(Computed("business_name"))
    business_name: Mapped[str]
    salutation: Mapped[str] = mapped_column(server_default=FetchedValue())
    first_name: Mapped[str]
    last_name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    phone_extension: Mapped[str] = mapped_column(server_default=FetchedValue())
    phone_raw: Mapped[str] = mapped_column(server_default=FetchedValue())
    website: Mapped[str]
    stage: Mapped[str]
    status: Mapped[str]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("identity_membership.id"))
    source: Mapped[str]
    industry: Mapped[str]
    tax_id: Mapped[str] = mapped_column(server_default=FetchedValue())
    is_tax_exempt: Mapped[bool] = mapped_column(server_default=FetchedValue())
    tax_exempt_certificate: Mapped[str] = mapped_column(server_default=FetchedValue())
    tax_exempt_expires_on: Mapped[date | None]
    currency: Mapped[str]
    language: Mapped[str] = mapped_column(server_default=FetchedValue())
    timezone: Mapped[str] = mapped_column(server_default=FetchedValue())
    billing_line1: Mapped[str]
    billing_line2: Mapped[str] = mapped_column(server_default=FetchedValue())
    billing_city: Mapped[str]
    billing_county: Mapped[str] = mapped_column(server_default=FetchedValue())
    billing_region: Mapped[str]
    billing_postal_code: Mapped[str]
    billing_country: Mapped[str]
    shipping_recipient: Mapped[str] = mapped_column(server_default=FetchedValue())
    shipping_phone: Mapped[str] = mapped_column(server_default=FetchedValue())
    shipping_line1: Mapped[str] = mapped_column(server_default=FetchedValue())
    shipping_line2: Mapped[str] = mapped_column(server_default=FetchedValue())
    shipping_city: Mapped[str] = mapped_column(server_default=FetchedValue())
    shipping_county: Mapped[str] = mapped_column(server_default=FetchedValue())
    shipping_region: Mapped[str] = mapped_column(server_default=FetchedValue())
    shipping_postal_code: Mapped[str] = mapped_column(server_default=FetchedValue())
    shipping_country: Mapped[str] = mapped_column(server_default=FetchedValue())
    delivery_instructions: Mapped[str] = mapped_column(server_default=FetchedValue())
    notes: Mapped[str]
    do_not_call: Mapped[bool]
    do_not_email: Mapped[bool]
    tags: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    custom: Mapped[dict[str, Any]]
    last_activity_at: Mapped[datetime | None]
    next_activity_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    created_by_id: Mapped[UUID | None]
    updated_by_id: Mapped[UUID | None]
    deleted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default=FetchedValue())

    owner_member: Mapped[Membership | None] = relationship()

    @property
    def owner_name(self) -> str:
        return self.owner_member.display_name if self.owner_member else ""

    @property
    def account_number(self) -> str:
        return f"C-{self.number:06d}"

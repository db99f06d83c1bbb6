"""What goes in and what comes out."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, EmailStr, Field, model_validator


class CustomerOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    account_number: str
    external_id: str
    kind: str
    display_name: str
    business_name: str
    salutation: str
    first_name: str
    last_name: str
    email: str
    phone: str
    phone_extension: str
    phone_raw: str
    website: str
    stage: str
    status: str
    owner: UUID | None = Field(validation_alias="owner_id")
    owner_name: str
    source: str
    industry: str
    tax_id: str
    is_tax_exempt: bool
    tax_exempt_certificate: str
    tax_exempt_expires_on: date | None
    currency: str
    language: str
    timezone: str
    billing_line1: str
    billing_line2: str
    billing_city: str
    billing_county: str
    billing_region: str
    billing_postal_code: str
    billing_country: str
    shipping_recipient: str
    shipping_phone: str
    shipping_line1: str
    shipping_line2: str
    shipping_city: str
    shipping_county: str
    shipping_region: str
    shipping_postal_code: str
    shipping_country: str
    delivery_instructions: str
    notes: str
    do_not_call: bool
    do_not_email: bool
    tags: list[UUID]
    custom: dict[str, Any]
    last_activity_at: datetime | None
    next_activity_at: datetime | None
    created_at: datetime
    updated_at: datetime
    created_by: UUID | None = Field(validation_alias="created_by_id")
    updated_by: UUID | None = Field(validation_alias="updated_by_id")
    deleted_at: datetime | None
    version: int


class Page(BaseModel):
    results: list[CustomerOut]
    count: int | None = None


class CustomerChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    external_id: Annotated[str, Field(max_length=80)] = ""
    kind: Literal["business", "person"] = "business"
    business_name: Annotated[str, Field(max_length=255)] = ""
    first_name: Annotated[str, Field(max_length=100)] = ""
    last_name: Annotated[str, Field(max_length=100)] = ""
    email: EmailStr | Literal[""] = ""
    phone: Annotated[str, Field(pattern=r"^(\+[1-9][0-9]{6,14})?$")] = ""
    website: Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=2048)] = ""
    stage: Literal["lead", "prospect", "customer", "former", "partner", "other"] = "customer"
    status: Literal["active", "inactive", "blocked"] = "active"
    owner: UUID | None = None
    source: Annotated[str, Field(max_length=80)] = ""
    industry: Annotated[str, Field(max_length=80)] = ""
    currency: Annotated[str, Field(pattern="^([A-Z]{3})?$")] = ""
    billing_line1: Annotated[str, Field(max_length=255)] = ""
    billing_city: Annotated[str, Field(max_length=120)] = ""
    billing_region: Annotated[str, Field(max_length=120)] = ""
    billing_postal_code: Annotated[str, Field(max_length=20)] = ""
    billing_country: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    notes: Annotated[str, Field(max_length=20000)] = ""
    do_not_call: bool = False
    do_not_email: bool = False
    tags: list[UUID] = []
    custom: dict[str, Any] = {}


class CustomerNew(CustomerChange):
    @model_validator(mode="after")
    def has_a_name(self) -> Self:
        named = self.business_name if self.kind == "business" else self.first_name or self.last_name
        if not named:
            raise ValueError("A business needs its name, a person a first or a last name.")
        return self

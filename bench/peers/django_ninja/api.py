"""Customers over HTTP."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf.models import Customer
from drf.tenant import WRITERS
from drf.writes import log, next_number, snapshot
from ninja import Field, FilterLookup, FilterSchema, ModelSchema, NinjaAPI, Query
from ninja.errors import HttpError
from ninja.pagination import PageNumberPagination, paginate
from ninja.security import django_auth
from pydantic import BaseModel, ConfigDict, EmailStr

api = NinjaAPI(auth=django_auth, openapi_url=None)
CUSTOMERS = Customer.objects.filter(deleted_at=None).select_related("owner").order_by("-created_at", "-id")


class CustomerOut(ModelSchema):
    account_number: str
    owner: UUID | None = Field(None, alias="owner_id")
    created_by: UUID | None = Field(None, alias="created_by_id")
    updated_by: UUID | None = Field(None, alias="updated_by_id")
    owner_name: str = ""

    class Meta:
        model = Customer
        exclude = ["tenant_id", "number", "owner", "created_by", "updated_by"]

    @staticmethod
    def resolve_owner_name(customer):
        return customer.owner.display_name if customer.owner else ""


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


class Filters(FilterSchema):
    kind: str | None = None
    stage: str | None = None
    status: str | None = None
    source: str | None = None
    billing_country: str | None = None
    q: Annotated[
        str | None,
        FilterLookup(
            [
                f"{name}__icontains"
                for name in (
                    "business_name",
                    "first_name",
                    "last_name",
                    "email",
                    "external_id",
                    "billing_city",
                )
            ]
        ),
    ] = None


class Pages(PageNumberPagination):
    """Page numbers whose size is called `limit`, as the other contenders call it."""

    items_attribute = "results"

    class Input(PageNumberPagination.Input):
        limit: int = Field(50, ge=1, le=200)

    class Output(BaseModel):
        results: list
        count: int

    def paginate_queryset(self, queryset, pagination, **_params):
        offset = (pagination.page - 1) * pagination.limit
        return {"results": queryset[offset : offset + pagination.limit], "count": queryset.count()}


def _writer(request):
    if request.membership is None or request.membership.role not in WRITERS:
        raise HttpError(403, "Your role may not write.")


def _check(values):
    if values["kind"] == "person" and not (values["first_name"] or values["last_name"]):
        raise HttpError(422, "A person needs a first or a last name.")
    if values["kind"] == "business" and not values["business_name"]:
        raise HttpError(422, "A business needs its name.")


@api.get("customers/", response=list[CustomerOut])
@paginate(Pages)
def list_customers(request, filters: Query[Filters]):
    return filters.filter(CUSTOMERS)


@api.get("customers/{uuid:customer_id}/", response=CustomerOut)
def get_customer(request, customer_id: UUID):
    return get_object_or_404(CUSTOMERS, pk=customer_id)


@api.post("customers/", response={201: CustomerOut})
def create_customer(request, body: CustomerChange):
    _writer(request)
    values = body.dict()
    _check(values)
    customer = Customer.objects.create(
        tenant_id=request.business_id,
        number=next_number(),
        created_by=request.membership,
        updated_by=request.membership,
        owner_id=values.pop("owner"),
        **values,
    )
    log(request, customer, "create", {}, snapshot(customer))
    return 201, customer


@api.patch("customers/{uuid:customer_id}/", response=CustomerOut)
def change_customer(request, customer_id: UUID, body: CustomerChange):
    _writer(request)
    customer = get_object_or_404(CUSTOMERS, pk=customer_id)
    before = snapshot(customer)
    for name, value in body.dict(exclude_unset=True).items():
        setattr(customer, "owner_id" if name == "owner" else name, value)
    _check({name: getattr(customer, name) for name in ("kind", "business_name", "first_name", "last_name")})
    customer.version += 1
    customer.updated_by = request.membership
    customer.save()
    log(request, customer, "update", before, snapshot(customer))
    return customer

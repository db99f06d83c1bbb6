"""Customers over HTTP."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Cookie, Depends, FastAPI, Header, HTTPException, Query, Response
from sqlalchemy import URL, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import joinedload

from fastapi_sqlalchemy.models import AuditLog, Customer, Membership, NumberCounter, Session, User
from fastapi_sqlalchemy.schemas import CustomerChange, CustomerNew, CustomerOut, Page

engine = create_async_engine(
    URL.create(
        "postgresql+asyncpg",
        os.environ["PGUSER"],
        os.environ["PGPASSWORD"],
        database=os.environ["PGDATABASE"],
        query={"host": os.environ["PGHOST"]},
    ),
    pool_size=8,
    max_overflow=0,
)
sessions = async_sessionmaker(engine, expire_on_commit=False)
app = FastAPI(openapi_url=None)

WRITERS = {"owner", "admin", "member"}
FILTERS = ("kind", "stage", "status", "source", "industry", "billing_country")
SEARCHED = ("business_name", "first_name", "last_name", "email", "external_id", "billing_city")
CUSTOMERS = select(Customer).where(Customer.deleted_at.is_(None)).options(joinedload(Customer.owner_member))


@dataclass
class Caller:
    db: AsyncSession
    membership: Membership


async def caller(sid: Annotated[str, Cookie()] = "") -> AsyncIterator[Caller]:
    """The signed-in member, in a transaction of her business."""
    async with sessions() as db, db.begin():
        session = await db.scalar(
            select(Session)
            .join(User, User.id == Session.user_id)
            .where(Session.sid == sid, Session.expires_at > func.now(), User.is_active)
        )
        if session is None:
            raise HTTPException(401)
        await db.execute(
            text("SELECT set_config('peer.tenant', :business, true)"), {"business": str(session.business_id)}
        )
        membership = await db.scalar(
            select(Membership).where(Membership.user_id == session.user_id, Membership.status == "active")
        )
        if membership is None:
            raise HTTPException(403)
        yield Caller(db, membership)


async def writer(who: Annotated[Caller, Depends(caller)]) -> Caller:
    """A member who may write."""
    if who.membership.role not in WRITERS:
        raise HTTPException(403)
    return who


@app.get("/api/crm/customers/", response_model=Page, response_model_exclude_none=False)
async def list_customers(
    who: Annotated[Caller, Depends(caller)],
    kind: str | None = None,
    stage: str | None = None,
    status: str | None = None,
    source: str | None = None,
    industry: str | None = None,
    billing_country: str | None = None,
    q: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    count: str = "",
) -> Any:
    query = CUSTOMERS
    for name, value in zip(FILTERS, (kind, stage, status, source, industry, billing_country), strict=True):
        if value is not None:
            query = query.where(getattr(Customer, name) == value)
    if q:
        query = query.where(
            or_(*(getattr(Customer, name).icontains(q, autoescape=True) for name in SEARCHED))
        )
    total = None
    if count:
        total = await who.db.scalar(query.with_only_columns(func.count()).order_by(None))
    rows = await who.db.scalars(query.order_by(Customer.created_at.desc(), Customer.id.desc()).limit(limit))
    return {"results": rows.all(), "count": total}


async def _find(who: Caller, customer_id: UUID) -> Customer:
    customer = await who.db.scalar(CUSTOMERS.where(Customer.id == customer_id))
    if customer is None:
        raise HTTPException(404)
    return customer


@app.get("/api/crm/customers/{customer_id}/", response_model=CustomerOut)
async def get_customer(
    customer_id: UUID,
    who: Annotated[Caller, Depends(caller)],
    response: Response,
    if_none_match: Annotated[str, Header()] = "",
) -> Any:
    customer = await _find(who, customer_id)
    etag = f'"{customer.version}"'
    if if_none_match == etag:
        return Response(status_code=304, headers={"ETag": etag})
    response.headers["ETag"] = etag
    return customer


def _log(
    who: Caller, customer: Customer, operation: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    who.db.add(
        AuditLog(
            business_id=customer.tenant_id,
            membership_id=who.membership.id,
            record_id=customer.id,
            operation=operation,
            before=before,
            after=after,
        )
    )


@app.post("/api/crm/customers/", response_model=CustomerOut, status_code=201)
async def create_customer(body: CustomerNew, who: Annotated[Caller, Depends(writer)]) -> Any:
    counter = await who.db.scalar(
        select(NumberCounter).where(NumberCounter.series == "customer").with_for_update()
    )
    counter.last_number += 1
    values = body.model_dump(exclude={"owner"})
    customer = Customer(
        **values,
        owner_id=body.owner,
        tenant_id=who.membership.tenant_id,
        number=counter.last_number,
        created_by_id=who.membership.id,
        updated_by_id=who.membership.id,
    )
    who.db.add(customer)
    await who.db.flush()
    await who.db.refresh(customer, ["owner_member"])
    _log(who, customer, "create", {}, {name: value for name, value in values.items() if value})
    return customer


@app.patch("/api/crm/customers/{customer_id}/", response_model=CustomerOut)
async def change_customer(
    customer_id: UUID, body: CustomerChange, who: Annotated[Caller, Depends(writer)]
) -> Any:
    customer = await _find(who, customer_id)
    before, after = {}, {}
    for name, value in body.model_dump(exclude_unset=True).items():
        column = "owner_id" if name == "owner" else name
        if getattr(customer, column) != value:
            before[name], after[name] = getattr(customer, column), value
            setattr(customer, column, value)
    customer.version += 1
    customer.updated_at = datetime.now(UTC)
    customer.updated_by_id = who.membership.id
    await who.db.flush()
    await who.db.refresh(customer, ["display_name", "owner_member"])
    _log(who, customer, "update", before, after)
    return customer

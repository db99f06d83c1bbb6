"""The tables of the CRM."""

from dott.modules.crm.models.customers import Customer
from dott.modules.crm.models.imports import ImportJob, ImportRow
from dott.modules.crm.models.numbers import NumberCounter

__all__ = ["Customer", "ImportJob", "ImportRow", "NumberCounter"]

"""GET /api/isolation/: the audit as the Settings → Security page shows it."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.views import ApiView
from dott.platform.tenancy.audit import audit
from dott.platform.tenancy.context import current


class TableReportSerializer(serializers.Serializer[Any]):
    """One table and what was found about it."""

    table = serializers.CharField()
    kind = serializers.ChoiceField(choices=["tenant", "global"])
    rls = serializers.BooleanField()
    forced = serializers.BooleanField()
    policy = serializers.CharField(allow_blank=True)
    primary_key = serializers.CharField(allow_blank=True)
    findings = serializers.ListField(child=serializers.CharField())


class RuleReportSerializer(serializers.Serializer[Any]):
    """One rule over the whole database."""

    id = serializers.CharField()
    title = serializers.CharField()
    passed = serializers.BooleanField()
    findings = serializers.ListField(child=serializers.CharField())


class ReportSerializer(serializers.Serializer[Any]):
    """The audit of the serving role."""

    checked_at = serializers.DateTimeField()
    role = serializers.CharField()
    server_version = serializers.CharField()
    passed = serializers.BooleanField()
    tables = TableReportSerializer(many=True)
    rules = RuleReportSerializer(many=True)


class IsolationView(ApiView):
    """The isolation report, made fresh for this request by the role that serves it."""

    serializer_class = ReportSerializer

    def get(self, request: Request) -> Response:
        """Owners and admins only."""
        return Response(ReportSerializer(audit(current().alias)).data)

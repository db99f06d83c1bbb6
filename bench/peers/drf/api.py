"""Customers over HTTP."""

from rest_framework import serializers, viewsets

from drf.models import Customer
from drf.writes import log, next_number, snapshot


class CustomerSerializer(serializers.ModelSerializer):
    account_number = serializers.ReadOnlyField()
    owner_name = serializers.ReadOnlyField()

    class Meta:
        model = Customer
        exclude = ["tenant_id", "number"]
        read_only_fields = ["created_by", "updated_by", "version"]

    def validate(self, attrs):
        names = ("kind", "business_name", "first_name", "last_name")
        values = {name: attrs.get(name, getattr(self.instance, name, "")) for name in names}
        if values["kind"] == "person" and not (values["first_name"] or values["last_name"]):
            raise serializers.ValidationError({"last_name": "A person needs a first or a last name."})
        if values["kind"] != "person" and not values["business_name"]:
            raise serializers.ValidationError({"business_name": "A business needs its name."})
        return attrs


class CustomerViewSet(viewsets.ModelViewSet):
    queryset = Customer.objects.filter(deleted_at=None).select_related("owner").order_by("-created_at", "-id")
    serializer_class = CustomerSerializer
    filterset_fields = ["kind", "stage", "status", "owner", "source", "industry", "billing_country"]
    search_fields = ["business_name", "first_name", "last_name", "email", "external_id", "billing_city"]

    def perform_create(self, serializer):
        member = self.request.membership
        customer = serializer.save(
            tenant_id=self.request.business_id, number=next_number(), created_by=member, updated_by=member
        )
        log(self.request, customer, "create", {}, snapshot(customer))

    def perform_update(self, serializer):
        before = snapshot(serializer.instance)
        customer = serializer.save(
            version=serializer.instance.version + 1, updated_by=self.request.membership
        )
        log(self.request, customer, "update", before, snapshot(customer))

"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/ui/skeleton";

const RelatedDeals = dynamic(() => import("./related-deals").then((m) => m.RelatedDeals), {
  loading: () => <Skeleton aria-busy className="h-24 rounded-lg" />,
});

/** The deals of a customer, on its page. `name` is the customer's, for a new deal's form. */
export function CustomerDeals({ customerId, name }: { customerId: string; name: string }) {
  return (
    <RelatedDeals query={{ customer: customerId }} customer={{ value: customerId, label: name }} />
  );
}

/** The deals of a contact, on its page. */
export function ContactDeals({ contactId }: { contactId: string }) {
  return <RelatedDeals query={{ contact: contactId }} contactId={contactId} />;
}

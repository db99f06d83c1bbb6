"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useRecordFrame } from "@/features/records";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { RELATED_SHOWN, RelatedCard } from "@/ui/related-card";
import { RelatedRow } from "@/ui/related-row";
import { linksQuery } from "../queries";

interface ContactsCardProps {
  customerId: string;
  isReadOnly: boolean;
}

/** Who stands for a customer, the primary one first. */
export function ContactsCard({ customerId, isReadOnly }: ContactsCardProps) {
  const t = useTranslations("contacts");
  const { slug, canWrite } = useSession();
  const tTabs = useTranslations("records.tabs");
  const { openSection } = useRecordFrame();
  const { data, error } = useQuery(linksQuery(slug, { customer: customerId }));
  if (error && !data) return null;
  const add = { label: t("new"), run: () => openSection("contacts", "contact") };
  return (
    <RelatedCard
      title={tTabs("contacts")}
      onTitle={() => openSection("contacts")}
      count={data?.length}
      add={canWrite && !isReadOnly ? add : undefined}
    >
      {data?.slice(0, RELATED_SHOWN).map((link) => (
        <RelatedRow
          key={link.id}
          href={`/${slug}/contacts/${link.contact}`}
          name={link.contact_name}
          icon={<Avatar name={link.contact_name} size="sm" />}
          note={link.contact_job_title || t(`roles.${link.role}`)}
        />
      ))}
    </RelatedCard>
  );
}

/** Whom a contact stands for. */
export function CustomersCard({
  contactId,
  isReadOnly,
}: {
  contactId: string;
  isReadOnly: boolean;
}) {
  const t = useTranslations("contacts");
  const { slug, canWrite } = useSession();
  const tTabs = useTranslations("records.tabs");
  const { openSection } = useRecordFrame();
  const { data, error } = useQuery(linksQuery(slug, { contact: contactId }));
  if (error && !data) return null;
  const add = { label: t("links.linkCustomer"), run: () => openSection("customers", "customer") };
  return (
    <RelatedCard
      title={tTabs("customers")}
      onTitle={() => openSection("customers")}
      count={data?.length}
      add={canWrite && !isReadOnly ? add : undefined}
    >
      {data?.slice(0, RELATED_SHOWN).map((link) => (
        <RelatedRow
          key={link.id}
          href={`/${slug}/customers/${link.customer}`}
          name={link.customer_name}
          icon={<Avatar name={link.customer_name} size="sm" shape="square" />}
          note={t(`roles.${link.role}`)}
        />
      ))}
    </RelatedCard>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { RecordPage as Page, type RecordParts } from "@/features/records";
import { useSession } from "@/features/session";
import { nameOf } from "../list/name-of";
import { customersSource } from "../list/source";
import { customerQuery } from "../queries";
import type { Customer } from "../types";
import { RecordView } from "./record-view";

/** A customer's own page. */
export function RecordPage({ id, parts }: { id: string; parts: RecordParts<Customer> }) {
  const t = useTranslations("customers");
  const { slug } = useSession();
  const { data: customer } = useQuery(customerQuery(slug, id));
  return (
    <Page
      source={customersSource}
      id={id}
      title={t("title")}
      name={customer?.display_name}
      nameOf={nameOf}
    >
      {({ tab, onTabChange, hint, leave }) => (
        <RecordView
          key={id}
          id={id}
          hint={hint}
          variant="page"
          parts={parts}
          tab={tab}
          onTabChange={onTabChange}
          onTrashed={leave}
        />
      )}
    </Page>
  );
}

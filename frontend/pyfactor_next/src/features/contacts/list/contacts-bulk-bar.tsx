"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { languageOptions } from "@/features/customers";
import { BulkBar, type BulkFieldDef, targetOfQuery } from "@/features/records";
import { useSession } from "@/features/session";
import { reloadContacts } from "../mutations";
import type { ContactsQuery } from "../queries";
import type { View } from "./use-contacts-view";

// Nobody owns a contact.
const OFFERS = { assign: false, tag: true } as const;

/** What many contacts can be given at once, as the API allows it. */
function useBulkFields(): readonly BulkFieldDef[] {
  const t = useTranslations("contacts.fields");
  const locale = useLocale();
  return useMemo(
    () => [
      { name: "job_title", label: t("job_title"), kind: "text" },
      { name: "department", label: t("department"), kind: "text" },
      { name: "language", label: t("language"), kind: "list", options: languageOptions(locale) },
      { name: "do_not_call", label: t("do_not_call"), kind: "bool" },
      { name: "do_not_email", label: t("do_not_email"), kind: "bool" },
    ],
    [t, locale],
  );
}

interface ContactsBulkBarProps {
  view: View;
  query: ContactsQuery;
  /** Ids that are selected one by one. */
  ids: readonly string[];
  /** How many the list finds, where all of them are selected. */
  allCount: number | null;
  /** How many the list finds, as far as it is known. */
  total: number | undefined;
  onSelectAll: (count: number) => void;
  onClear: () => void;
}

/** What is done with many contacts. */
export function ContactsBulkBar(props: ContactsBulkBarProps) {
  const { view, query, ids, allCount } = props;
  const { slug } = useSession();
  const client = useQueryClient();
  const isAll = allCount !== null;
  const selectAll = async (): Promise<void> => {
    const page = await djangoApi.get("/api/crm/contacts/", {
      query: { ...query, limit: 1, count: "exact", fields: "id" },
    });
    props.onSelectAll(page.count ?? 0);
  };
  return (
    <BulkBar
      count={isAll ? allCount : ids.length}
      isAll={isAll}
      total={props.total}
      onSelectAll={() => void selectAll()}
      onClear={props.onClear}
      target={isAll ? targetOfQuery(query, view.conditions, allCount) : { ids: [...ids] }}
      send={(body, idempotencyKey) =>
        djangoApi.post("/api/crm/contacts/bulk/", body, { idempotencyKey })
      }
      reload={() => reloadContacts(client, slug)}
      useFields={useBulkFields}
      offers={OFFERS}
      exportHref={null}
      isTrash={view.isTrash}
    />
  );
}

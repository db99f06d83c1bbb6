"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { DuplicatesItem, ListPage, type ListResource, type RecordParts } from "@/features/records";
import { useSession } from "@/features/session";
import { customerQuery } from "../queries";
import type { Customer, CustomerRow } from "../types";
import { useRestoreWithToast } from "../use-trash-with-toast";
import { useColumns } from "./columns";
import { nameOf } from "./name-of";
import { customersSource } from "./source";
import { useWords } from "./use-words";

const RecordPanel = dynamic(() => import("../record/record-panel").then((m) => m.RecordPanel));

function useRestore(): (row: CustomerRow) => void {
  const { mutate } = useRestoreWithToast();
  return (row) => mutate({ id: row.id, name: row.display_name });
}

function usePrefetch(): (id: string) => void {
  const { slug } = useSession();
  const client = useQueryClient();
  return (id) => void client.prefetchQuery(customerQuery(slug, id));
}

const customers: ListResource<CustomerRow> = {
  source: customersSource,
  useWords,
  useColumns,
  nameOf,
  Card: dynamic(() => import("./card").then((m) => m.CustomerCard)),
  FirstUse: dynamic(() => import("./empty").then((m) => m.FirstUse)),
  BulkBar: dynamic(() => import("./customers-bulk-bar").then((m) => m.CustomersBulkBar)),
  Builder: dynamic(() => import("./conditions-builder").then((m) => m.CustomerConditions)),
  // Its draft is in the browser, so the server has nothing to draw.
  CreateDialog: dynamic(() => import("../form/create-dialog").then((m) => m.CreateDialog), {
    ssr: false,
  }),
  EditDialog: dynamic(() => import("../form/edit-by-id").then((m) => m.EditById)),
  useRestore,
  usePrefetch,
  menuItems: (slug) => <DuplicatesItem path={`/${slug}/customers`} />,
  canImport: true,
};

function focusRow(id: string): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(id)}"]`)?.focus(),
  );
}

/** All customers; one opens beside the list. */
export function CustomersPage({ parts }: { parts: RecordParts<Customer> }) {
  const router = useRouter();
  const [openId, setOpenId] = useQueryState("open", parseAsString);
  const close = (): void => {
    if (openId) focusRow(openId);
    void setOpenId(null);
  };
  return (
    <ListPage
      list={customers}
      openId={openId}
      onOpen={(id) => void setOpenId(id, { history: "push" })}
      panel={(rows, href) =>
        openId ? (
          <RecordPanel
            id={openId}
            hint={rows.find((row) => row.id === openId)}
            parts={parts}
            onClose={close}
            onStep={(delta) => {
              const next = rows[rows.findIndex((row) => row.id === openId) + delta];
              if (next) void setOpenId(next.id);
            }}
            onOpenPage={() => router.push(href(openId))}
          />
        ) : null
      }
    />
  );
}

"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { DuplicatesItem, ListPage, type ListResource } from "@/features/records";
import { useSession } from "@/features/session";
import { ContactCard } from "./list/card";
import { useColumns } from "./list/columns";
import { CustomersOf } from "./list/customers-of";
import { FirstUse } from "./list/empty";
import { contactsSource, nameOf } from "./list/source";
import { useWords } from "./list/use-words";
import { useTrashContact } from "./mutations";
import { contactQuery } from "./queries";
import type { ContactRow } from "./types";

function useRestore(): (row: ContactRow) => void {
  const { restore } = useTrashContact();
  return (row) => void restore(row);
}

function usePrefetch(): (id: string) => void {
  const { slug } = useSession();
  const client = useQueryClient();
  return (id) => void client.prefetchQuery(contactQuery(slug, id));
}

const contacts: ListResource<ContactRow> = {
  source: contactsSource,
  useWords,
  useColumns,
  nameOf,
  Card: ContactCard,
  Around: CustomersOf,
  FirstUse,
  BulkBar: dynamic(() => import("./list/contacts-bulk-bar").then((m) => m.ContactsBulkBar)),
  Builder: dynamic(() => import("./list/conditions-builder").then((m) => m.ContactConditions)),
  CreateDialog: dynamic(() => import("./form/create-dialog").then((m) => m.CreateDialog), {
    ssr: false,
  }),
  EditDialog: dynamic(() => import("./form/edit-dialog").then((m) => m.EditDialog)),
  useRestore,
  usePrefetch,
  menuItems: (slug) => <DuplicatesItem path={`/${slug}/contacts`} />,
  canImport: false,
};

/** All contacts of the business. */
export function ContactsPage() {
  return <ListPage list={contacts} />;
}

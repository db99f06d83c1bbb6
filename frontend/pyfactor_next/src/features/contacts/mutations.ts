"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi, type Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { type OnChange, useEditRecord, useTrashWithToast } from "@/features/records";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { contactKeys } from "./queries";
import type {
  Contact,
  ContactInput,
  ContactPatch,
  ContactRow,
  Link,
  LinkPatch,
  Role,
} from "./types";

/** Everything that lists contacts, or says who stands for whom, is asked for again. */
export async function reloadContacts(client: QueryClient, slug: string): Promise<void> {
  void client.invalidateQueries({ queryKey: contactKeys.links(slug) });
  await client.invalidateQueries({ queryKey: contactKeys.lists(slug) });
}

function settle(client: QueryClient, slug: string, contact: Contact): void {
  client.setQueryData(contactKeys.record(slug, contact.id), contact);
  void reloadContacts(client, slug);
}

export interface ContactEdit {
  patch: ContactPatch;
  /** Of the contact as it was read; without it the one on screen. */
  version?: number;
  onChange?: OnChange;
}

/** Changes a contact: shown at once, taken back when refused. */
export function useEditContact(id: string) {
  return useEditRecord<Contact, ContactEdit>({
    kind: "contacts",
    id,
    write: ({ patch, version, onChange }, read) =>
      djangoApi.patch("/api/crm/contacts/{id}/", patch, {
        path: { id },
        version: version ?? read?.version,
        onChange,
      }),
    shown: (read, { patch: { custom, ...rest } }) => ({
      ...read,
      ...rest,
      custom: { ...read.custom, ...(custom ?? {}) },
    }),
    onSaved: settle,
  });
}

interface NewContact {
  values: ContactInput;
  /** Belongs to the opened form, so a repeat cannot make two. */
  idempotencyKey: string;
  onChange?: OnChange;
}

export function useCreateContact() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ values, ...options }: NewContact) =>
      djangoApi.post("/api/crm/contacts/", values, options),
    onSuccess: (created) => settle(client, slug, created),
  });
}

type Named = Pick<ContactRow, "id" | "version" | "display_name">;

/** To the trash and back, each with Undo. Resolve to whether it was done. */
export function useTrashContact() {
  const { isPending, trash, restore } = useTrashWithToast({
    kind: "contacts",
    reload: reloadContacts,
  });
  const called = ({ display_name: name, ...contact }: Named) => ({ ...contact, name });
  return {
    isPending,
    trash: (contact: Named) => trash(called(contact)),
    restore: (contact: Named) => restore(called(contact)),
  };
}

export interface NewLink {
  customer: string;
  contact: string;
  role: Role;
  is_primary: boolean;
}

/** Links made, changed and removed, each with Undo. Resolve to whether it was done. */
export function useLinks() {
  const t = useTranslations("contacts.links");
  const roles = useTranslations("contacts.roles");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const offerUndo = useOfferUndo();
  const { mutateAsync } = useMutation({
    scope: { id: "customer-contacts" },
    networkMode: "always",
    mutationFn: (write: () => Promise<unknown>) => write(),
    onSettled: () => reloadContacts(client, slug),
  });
  const run = async (
    said: string,
    write: (onChange: OnChange) => Promise<unknown>,
  ): Promise<boolean> => {
    let made: Step = [];
    try {
      await mutateAsync(() => write((step) => (made = step)));
      toast.success(said, offerUndo(made));
      return true;
    } catch (error) {
      showError(error, t("failed"));
      return false;
    }
  };
  const change = (link: Link, patch: LinkPatch, said: string): Promise<boolean> =>
    run(said, (onChange) =>
      djangoApi.patch("/api/crm/customer-contacts/{id}/", patch, {
        path: { id: link.id },
        version: link.version,
        onChange,
      }),
    );
  return {
    /** name: of the end that is chosen. */
    add: (link: NewLink, name: string) =>
      run(t("linked", { name }), (onChange) =>
        djangoApi.post("/api/crm/customer-contacts/", link, { onChange }),
      ),
    setRole: (link: Link, role: Role) =>
      change(link, { role }, t("roleChanged", { name: link.contact_name, role: roles(role) })),
    setPrimary: (link: Link, isPrimary: boolean) =>
      change(
        link,
        { is_primary: isPrimary },
        t(isPrimary ? "madePrimary" : "unmadePrimary", { name: link.contact_name }),
      ),
    /** name: of the end that goes from the list. */
    remove: (link: Link, name: string) =>
      run(t("unlinked", { name }), (onChange) =>
        djangoApi.delete("/api/crm/customer-contacts/{id}/", {
          path: { id: link.id },
          version: link.version,
          onChange,
        }),
      ),
  };
}

export type Links = ReturnType<typeof useLinks>;

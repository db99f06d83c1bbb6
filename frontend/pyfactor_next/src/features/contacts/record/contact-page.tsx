"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { OwnFields } from "@/features/fields";
import { useRememberRecord } from "@/features/recent";
import {
  type FrameTab,
  LoadedRecord,
  RecordFrame,
  RecordPage,
  type RecordParts,
  showRow,
} from "@/features/records";
import { useSession } from "@/features/session";
import { contactsSource, nameOf } from "../list/source";
import { contactQuery } from "../queries";
import type { Contact } from "../types";
import { ContactHeader } from "./contact-header";
import { Properties } from "./properties";

/** A contact's own page. */
export function ContactPage({ id, parts }: { id: string; parts: RecordParts<Contact> }) {
  const t = useTranslations("contacts");
  const { slug } = useSession();
  const contact = useQuery(contactQuery(slug, id));
  return (
    <RecordPage
      source={contactsSource}
      id={id}
      title={t("title")}
      name={contact.data?.display_name}
      nameOf={nameOf}
    >
      {({ leave, ...frame }) => (
        <LoadedRecord record={contact}>
          {(loaded) => (
            <Loaded key={id} contact={loaded} parts={parts} onTrashed={leave} {...frame} />
          )}
        </LoadedRecord>
      )}
    </RecordPage>
  );
}

interface LoadedProps {
  contact: Contact;
  parts: RecordParts<Contact>;
  tab: FrameTab | null;
  onTabChange: (tab: FrameTab) => void;
  onTrashed: () => void;
}

function Loaded({ contact, parts, tab, onTabChange, onTrashed }: LoadedProps) {
  const { canWrite, slug } = useSession();
  const client = useQueryClient();
  const isTrashed = contact.deleted_at !== null;
  const isReadOnly = !canWrite || isTrashed;
  useRememberRecord({
    kind: "contact",
    id: contact.id,
    title: contact.display_name,
    line: contact.job_title || contact.email || "",
    isTrashed,
  });
  return (
    <div data-record={contact.id} className="flex flex-col gap-4">
      <RecordFrame
        variant="page"
        tab={tab}
        onTabChange={onTabChange}
        sections={parts.sections(contact)}
        related={parts.related?.(contact)}
        properties={
          <div className="divide-y">
            <Properties contact={contact} isReadOnly={isReadOnly} />
            <OwnFields
              entity="contact"
              record={contact}
              isReadOnly={isReadOnly}
              onSaved={(saved) => showRow(client, contactsSource, slug, saved)}
            />
          </div>
        }
      >
        <ContactHeader contact={contact} isReadOnly={isReadOnly} onTrashed={onTrashed} />
        {parts.tags?.(contact)}
        {parts.actions?.(contact)}
        {parts.lastChange?.(contact)}
      </RecordFrame>
    </div>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { useRememberRecord } from "@/features/recent";
import { RecordFrame, type RecordParts, usePageTab } from "@/features/records";
import { ApiErrorState, useSession } from "@/features/session";
import { LinkButton } from "@/ui/link-button";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { Skeleton } from "@/ui/skeleton";
import { useDocumentTitle } from "@/ui/use-document-title";
import { contactQuery } from "../queries";
import type { Contact } from "../types";
import { ContactHeader } from "./contact-header";
import { Properties } from "./properties";

/** A contact's own page. */
export function ContactPage({ id, parts }: { id: string; parts: RecordParts<Contact> }) {
  const t = useTranslations("contacts");
  const router = useRouter();
  const { slug } = useSession();
  const { data: contact, error, refetch, isRefetching } = useQuery(contactQuery(slug, id));
  const product = useTranslations("common")("product");
  useDocumentTitle(contact && `${contact.display_name} · ${product}`);
  const back = `/${slug}/contacts`;
  useShortcut("escape", () => router.push(back), {
    label: t("record.back"),
    group: t("shortcuts.group"),
  });
  return (
    <>
      <div className="flex h-13 shrink-0 items-center border-b px-3 md:px-4">
        <LinkButton href={back} variant="ghost" prefetch={false}>
          <ArrowLeft aria-hidden className="size-4" />
          {t("title")}
        </LinkButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5 md:px-8">
        <div className="mx-auto max-w-6xl">
          {contact ? (
            <Loaded key={id} contact={contact} parts={parts} onTrashed={() => router.push(back)} />
          ) : error ? (
            <ApiErrorState
              error={error}
              isRetrying={isRefetching}
              {...(isApiError(error) && error.kind === "not_found"
                ? {}
                : { onRetry: () => void refetch() })}
            />
          ) : (
            <div aria-busy className="flex flex-col gap-4">
              <Skeleton className="h-11 w-64" />
              <Skeleton className="h-9 rounded-lg" />
              <Skeleton className="h-64 rounded-lg" />
            </div>
          )}
        </div>
      </div>
    </>
  );
}

interface LoadedProps {
  contact: Contact;
  parts: RecordParts<Contact>;
  onTrashed: () => void;
}

function Loaded({ contact, parts, onTrashed }: LoadedProps) {
  const { canWrite } = useSession();
  const [tab, setTab] = usePageTab();
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
        onTabChange={setTab}
        sections={parts.sections(contact)}
        properties={<Properties contact={contact} isReadOnly={isReadOnly} />}
      >
        <ContactHeader contact={contact} isReadOnly={isReadOnly} onTrashed={onTrashed} />
        {parts.tags?.(contact)}
        {parts.actions?.(contact)}
      </RecordFrame>
    </div>
  );
}

import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { contactName, prefetchContact } from "@/features/contacts/server";
import { loadMe } from "@/features/session/server";
import { textOf } from "@/i18n/titles";
import { ContactRecord } from "./contact-record";

interface PageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const name = await contactName((await params).id);
  return { title: name ?? (await textOf("contacts", (texts) => texts.record.title)) };
}

export default async function Page({ params }: PageProps) {
  const { id } = await params;
  const loaded = await loadMe();
  const tenant = "me" in loaded ? loaded.me.tenant : null;
  return (
    <HydrationBoundary state={tenant && (await prefetchContact(tenant.slug, id))}>
      <ContactRecord id={id} />
    </HydrationBoundary>
  );
}

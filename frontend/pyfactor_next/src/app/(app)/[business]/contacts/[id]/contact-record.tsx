"use client";

import { ContactPage } from "@/features/contacts/record/contact-page";
import { contactParts } from "../parts";

export function ContactRecord({ id }: { id: string }) {
  return <ContactPage id={id} parts={contactParts} />;
}

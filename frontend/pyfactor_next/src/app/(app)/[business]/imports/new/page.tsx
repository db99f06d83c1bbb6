import type { Metadata } from "next";
import { UploadPage } from "@/features/imports/upload-page";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.imports.new };

export default function Page() {
  return <UploadPage />;
}

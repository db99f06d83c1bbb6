import type { Metadata } from "next";
import { UploadPage } from "@/features/imports";

export const metadata: Metadata = { title: "Import a file" };

export default function Page() {
  return <UploadPage />;
}

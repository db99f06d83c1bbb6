import { DuplicatesPage } from "@/features/contacts/duplicates/duplicates-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("records", (texts) => texts.duplicates.report.title);

export default function Page() {
  return <DuplicatesPage />;
}

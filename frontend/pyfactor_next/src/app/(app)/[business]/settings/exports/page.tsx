import { ExportsPage } from "@/features/exports/exports-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("exports", (texts) => texts.title);

export default function Page() {
  return <ExportsPage />;
}

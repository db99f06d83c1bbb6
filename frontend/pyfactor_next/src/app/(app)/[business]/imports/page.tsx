import { ImportsPage } from "@/features/imports/imports-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("imports", (texts) => texts.title);

export default function Page() {
  return <ImportsPage />;
}

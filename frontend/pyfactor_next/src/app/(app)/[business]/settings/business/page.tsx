import { BusinessPage } from "@/features/settings/business-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("settings", (texts) => texts.business.title);

export default function Page() {
  return <BusinessPage />;
}

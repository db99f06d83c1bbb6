import { BusinessPage } from "@/features/settings/business-page";
import { messages } from "@/i18n/messages";

export const metadata = { title: messages.settings.business.title };

export default function Page() {
  return <BusinessPage />;
}

import { WebhooksPage } from "@/features/settings/webhooks/webhooks-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("settings", (texts) => texts.webhooks.title);

export default function Page() {
  return <WebhooksPage />;
}

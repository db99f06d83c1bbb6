import { ApiKeysPage } from "@/features/settings/api-keys/api-keys-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("settings", (texts) => texts.apiKeys.title);

export default function Page() {
  return <ApiKeysPage />;
}

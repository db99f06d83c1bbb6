import { YourDataPage } from "@/features/settings/your-data/your-data-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("settings", (texts) => texts.yourData.title);

export default function Page() {
  return <YourDataPage />;
}

import { DealsPage } from "@/features/deals/deals-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("deals", (texts) => texts.title);

export default function Page() {
  return <DealsPage />;
}

import { SingleSignOnPage } from "@/features/auth/single-sign-on-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("auth", (texts) => texts.singleSignOn.title);

export default function Page() {
  return <SingleSignOnPage />;
}

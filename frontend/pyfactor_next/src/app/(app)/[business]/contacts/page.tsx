import { ContactsPage } from "@/features/contacts/contacts-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("contacts", (texts) => texts.title);

export default function Page() {
  return <ContactsPage />;
}

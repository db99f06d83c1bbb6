import { ActivityPage } from "@/features/history/activity-page";
import { messages } from "@/i18n/messages";
import { SectionMessages } from "@/i18n/section-messages";

export const metadata = { title: messages.history.log.title };

export default function Page() {
  // Fields and choices are called what their own pages call them.
  return (
    <SectionMessages texts={{ customers: messages.customers }}>
      <ActivityPage />
    </SectionMessages>
  );
}

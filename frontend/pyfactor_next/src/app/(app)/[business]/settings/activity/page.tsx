import { ActivityPage } from "@/features/history/activity-page";
import { Section } from "@/i18n/section";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("history", (texts) => texts.log.title);

export default function Page() {
  // Fields and choices are called what their own pages call them.
  return (
    <Section names={["customers"]}>
      <ActivityPage />
    </Section>
  );
}

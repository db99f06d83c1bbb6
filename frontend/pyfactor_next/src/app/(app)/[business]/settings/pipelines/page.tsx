import { PipelinesPage } from "@/features/deals/setup/pipelines-page";
import { Section } from "@/i18n/section";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("deals", (texts) => texts.setup.title);

export default function Page() {
  return (
    <Section names={["deals"]}>
      <PipelinesPage />
    </Section>
  );
}

import { FieldsPage } from "@/features/fields/setup/fields-page";
import { Section } from "@/i18n/section";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("fields", (texts) => texts.setup.title);

export default function Page() {
  return (
    <Section names={["fields", "deals"]}>
      <FieldsPage />
    </Section>
  );
}

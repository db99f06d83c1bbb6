import { TagsPage } from "@/features/tags/setup/tags-page";
import { Section } from "@/i18n/section";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("tags", (texts) => texts.setup.title);

export default function Page() {
  return (
    <Section names={["tags"]}>
      <TagsPage />
    </Section>
  );
}

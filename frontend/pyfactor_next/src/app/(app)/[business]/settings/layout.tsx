import type { ReactNode } from "react";
import { SettingsNav } from "@/features/settings/settings-nav";
import { Section } from "@/i18n/section";
import { textOf, titleOf } from "@/i18n/titles";
import { PageHeader } from "@/ui/page-header";

export const generateMetadata = titleOf("settings", (texts) => texts.title);

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <Section names={["settings"]}>
      <PageHeader title={await textOf("settings", (texts) => texts.title)} />
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        <SettingsNav />
        <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">{children}</div>
      </div>
    </Section>
  );
}

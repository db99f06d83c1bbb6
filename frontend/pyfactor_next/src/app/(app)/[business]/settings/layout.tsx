import type { ReactNode } from "react";
import { SettingsNav } from "@/features/settings/settings-nav";
import { messages } from "@/i18n/messages";
import { SectionMessages } from "@/i18n/section-messages";
import { PageHeader } from "@/ui/page-header";

export const metadata = { title: messages.settings.title };

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <SectionMessages texts={{ settings: messages.settings }}>
      <PageHeader title={messages.settings.title} />
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        <SettingsNav />
        <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">{children}</div>
      </div>
    </SectionMessages>
  );
}

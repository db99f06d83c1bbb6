import type { ReactNode } from "react";
import { messages } from "@/i18n/messages";
import { SectionMessages } from "@/i18n/section-messages";

export default function OnboardingLayout({ children }: { children: ReactNode }) {
  return <SectionMessages texts={{ onboarding: messages.onboarding }}>{children}</SectionMessages>;
}

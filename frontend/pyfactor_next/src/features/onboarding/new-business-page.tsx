"use client";

import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { LinkButton } from "@/ui/link-button";
import { BusinessForm } from "./business-form";
import { OnboardingFrame } from "./onboarding-frame";

/** Another business of the same person; the session moves into it. */
export function NewBusinessPage() {
  const t = useTranslations("onboarding.another");
  return (
    <OnboardingFrame
      title={t("title")}
      description={t("description")}
      footer={
        <LinkButton href="/" prefetch={false} variant="ghost">
          {t("back")}
        </LinkButton>
      }
    >
      <BusinessForm
        submitLabel={t("submit")}
        onSubmit={async (values) => {
          const { slug, onboarded_at } = await djangoApi.post("/api/tenants/", values);
          await djangoApi.post("/api/tenants/switch/", { tenant: slug });
          if (onboarded_at === null) {
            await djangoApi.patch("/api/tenants/current/", { name: values.name });
          }
          window.location.assign("/onboarding");
        }}
      />
    </OnboardingFrame>
  );
}

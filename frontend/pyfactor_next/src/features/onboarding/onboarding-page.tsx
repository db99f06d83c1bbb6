"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { BusinessForm } from "./business-form";
import { nameBusiness } from "./name-business";
import { OnboardingFrame } from "./onboarding-frame";
import { StartPage } from "./start-page";

/** `slug` is given once the business has its name: then the second step is next, after a reload too. */
export function OnboardingPage({ slug: initialSlug }: { slug: string | undefined }) {
  const t = useTranslations("onboarding");
  const router = useRouter();
  const [slug, setSlug] = useState(initialSlug);
  if (slug !== undefined) return <StartPage slug={slug} />;
  return (
    <OnboardingFrame step={1} title={t("title")} description={t("description")}>
      <BusinessForm
        submitLabel={t("submit")}
        onSubmit={async (values) => {
          await nameBusiness(values);
          const { tenant } = await djangoApi.get("/api/auth/me/");
          if (tenant) setSlug(tenant.slug);
          else router.refresh();
        }}
      />
    </OnboardingFrame>
  );
}

"use client";

import { useTranslations } from "use-intl";
import { AuthCard } from "./auth-card";
import { ProofForm, type ProofMethod } from "./proof-form";
import { secondStep } from "./provers";
import { textLink } from "./text-link";

interface SecondStepPageProps {
  /** What the account has. */
  methods: readonly ProofMethod[];
  next: string;
}

/** After the password: the second factor. */
export function SecondStepPage({ methods, next }: SecondStepPageProps) {
  const t = useTranslations("auth.secondStep");
  return (
    <AuthCard
      title={t("title")}
      description={t("description")}
      footer={
        // A full load: the sign-in that is under way is left behind.
        <a href="/sign-in" className={textLink}>
          {t("startOver")}
        </a>
      }
    >
      <ProofForm
        methods={methods}
        prover={secondStep}
        onProved={() => window.location.assign(next)}
      />
    </AuthCard>
  );
}

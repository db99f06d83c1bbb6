"use client";

import { useTranslations } from "use-intl";
import { AuthCard } from "./auth-card";
import { ProofForm, type ProofMethod } from "./proof-form";
import { secondStep } from "./provers";
import { textLink } from "./text-link";

interface SecondStepPageProps {
  /** Leaves the sign-in that is under way. */
  onStartOver: () => void;
  /** What the account has. */
  methods: readonly ProofMethod[];
  next: string;
}

/** After the password: the second factor. */
export function SecondStepPage({ methods, next, onStartOver }: SecondStepPageProps) {
  const t = useTranslations("auth.secondStep");
  return (
    <AuthCard
      title={t("title")}
      description={t("description")}
      footer={
        <button type="button" className={textLink} onClick={onStartOver}>
          {t("startOver")}
        </button>
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

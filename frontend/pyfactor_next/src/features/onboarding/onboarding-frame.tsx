"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { Logo } from "@/ui/logo";

interface OnboardingFrameProps {
  step?: 1 | 2;
  title: string;
  description: string;
  footer?: ReactNode;
  children: ReactNode;
}

export function OnboardingFrame({
  step,
  title,
  description,
  footer,
  children,
}: OnboardingFrameProps) {
  const t = useTranslations("onboarding");
  return (
    <main className="flex min-h-dvh flex-col items-center bg-canvas px-4 py-10 sm:justify-center">
      <div className="w-full max-w-md">
        <Logo className="mx-auto size-9" />
        {step ? (
          <p className="mt-5 text-center text-xs font-medium text-muted">{t("step", { step })}</p>
        ) : null}
        <h1
          className={cn(
            "text-center text-xl font-semibold tracking-[-0.01em]",
            step ? "mt-1.5" : "mt-5",
          )}
        >
          {title}
        </h1>
        <p className="mt-1.5 text-center text-sm text-balance text-muted">{description}</p>
        <div className="mt-6 rounded-xl bg-raised p-5 shadow-xs ring-1 ring-line sm:p-6">
          {children}
        </div>
        {footer ? <div className="mt-5 text-center text-sm">{footer}</div> : null}
      </div>
    </main>
  );
}

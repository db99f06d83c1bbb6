"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { buttonStyle } from "@/ui/button-style";
import { PageHeader } from "@/ui/page-header";
import { Stepper } from "./stepper";
import type { Step } from "./steps";

interface WizardFrameProps {
  title: string;
  meta?: ReactNode;
  /** Null for an import that is not there. */
  step: Step | null;
  links?: Partial<Record<Step, string>>;
  /** The station, filling the rest of the page. */
  children: ReactNode;
}

/** Title, way back and stations around each page of an import. */
export function WizardFrame({ title, meta, step, links = {}, children }: WizardFrameProps) {
  const t = useTranslations("imports");
  const { slug } = useSession();
  return (
    <>
      <PageHeader
        title={title}
        meta={meta}
        leading={
          <Link
            href={`/${slug}/imports`}
            aria-label={t("back")}
            className={buttonStyle({ variant: "ghost", size: "icon-sm" })}
          >
            <ArrowLeft aria-hidden />
          </Link>
        }
      />
      {step ? <Stepper current={step} links={links} /> : null}
      <div className="relative flex min-h-0 flex-1 flex-col">{children}</div>
    </>
  );
}

/** The buttons of a station, always in view. */
export function StepBar({ aside, children }: { aside?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex shrink-0 flex-wrap items-center justify-end gap-x-3 gap-y-2 border-t bg-surface px-4 py-3 md:px-5">
      <div className="min-w-0 flex-1 basis-60 text-sm text-muted">{aside}</div>
      <div className="flex flex-wrap items-center gap-2">{children}</div>
    </div>
  );
}

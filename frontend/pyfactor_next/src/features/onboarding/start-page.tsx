"use client";

import { ChevronRight, FileUp, LoaderCircle, Plus, Sparkles } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorText } from "@/features/session";
import { FormAlert } from "@/ui/field";
import { OnboardingFrame } from "./onboarding-frame";

const choice =
  "group flex w-full items-center gap-3 rounded-lg px-3 py-3 text-start transition-colors hover:bg-hover";

/** Three ways to the first customers, and one past them. */
export function StartPage({ slug }: { slug: string }) {
  const t = useTranslations("onboarding.start");
  const explain = useErrorText();
  const [isLoading, setLoading] = useState(false);
  const [alert, setAlert] = useState<string>();

  const loadDemo = async (): Promise<void> => {
    setLoading(true);
    setAlert(undefined);
    try {
      await djangoApi.post("/api/crm/demo/", undefined, { timeoutMs: 60_000 });
      window.location.assign(`/${slug}/customers`);
    } catch (error) {
      setAlert(`${t("demoFailed")}. ${explain(error).description}`);
      setLoading(false);
    }
  };

  return (
    <OnboardingFrame
      step={2}
      title={t("title")}
      description={t("description")}
      footer={
        <Link
          href={`/${slug}/customers`}
          className="font-medium text-accent-ink underline-offset-4 hover:underline"
        >
          {t("skip")}
        </Link>
      }
    >
      <FormAlert>{alert}</FormAlert>
      <ul className="-mx-2 -my-2 flex flex-col gap-1 sm:-mx-3 sm:-my-3">
        <li>
          <Link href={`/${slug}/imports/new`} className={choice}>
            <Choice icon={<FileUp aria-hidden />} title={t("import")} hint={t("importHint")} />
          </Link>
        </li>
        <li>
          <Link href={`/${slug}/customers?new=1`} className={choice}>
            <Choice icon={<Plus aria-hidden />} title={t("add")} hint={t("addHint")} />
          </Link>
        </li>
        <li>
          <button
            type="button"
            disabled={isLoading}
            onClick={() => void loadDemo()}
            className={choice}
          >
            <Choice
              icon={
                isLoading ? (
                  <LoaderCircle aria-hidden className="animate-spin" />
                ) : (
                  <Sparkles aria-hidden />
                )
              }
              title={isLoading ? t("demoLoading") : t("demo")}
              hint={t("demoHint")}
            />
          </button>
        </li>
      </ul>
    </OnboardingFrame>
  );
}

function Choice({ icon, title, hint }: { icon: ReactNode; title: string; hint: string }) {
  return (
    <>
      <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-selected text-accent-ink [&_svg]:size-4.5">
        {icon}
      </span>
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="text-sm font-medium text-ink">{title}</span>
        <span className="text-xs text-muted">{hint}</span>
      </span>
      <ChevronRight aria-hidden className="size-4 text-faint group-hover:text-ink" />
    </>
  );
}

"use client";

import { useMutation } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { chooseLanguage } from "@/i18n/choose-language";
import { type Language, languageLabels, languageOf, languages } from "@/i18n/languages";
import { Card } from "@/ui/card";
import { Segmented } from "@/ui/segmented";

const BROWSER = "browser";

/** The person's language, on every device; or none, and each browser's own counts. */
export function LanguageCard() {
  const t = useTranslations("ui.language");
  const { user } = useSession();
  const format = useFormatter();
  const showError = useErrorToast();
  const change = useMutation({
    mutationFn: (language: Language | undefined) =>
      djangoApi.patch("/api/auth/me/", { language: language ?? "" }),
    onSuccess: (_, language) => chooseLanguage(language),
    onError: (error) => showError(error),
  });
  const chosen = languageOf(user.language) ?? BROWSER;
  const example = format.dateTime(new Date("2026-12-31T12:00:00Z"), { dateStyle: "long" });
  return (
    <Card>
      <div className="max-w-md">
        <Segmented
          label={t("title")}
          hint={t("hint", { example })}
          value={change.isPending ? (change.variables ?? BROWSER) : chosen}
          onValueChange={(value) => change.mutate(languageOf(value))}
          options={[
            { value: BROWSER, label: t("browser") },
            ...languages.map((value) => ({ value, label: languageLabels[value] })),
          ]}
        />
      </div>
    </Card>
  );
}

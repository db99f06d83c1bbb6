"use client";

import { useLocale, useTranslations } from "use-intl";
import { chooseLanguage } from "@/i18n/choose-language";
import { languageLabels, languageOf, languages } from "@/i18n/languages";
import { cn } from "@/ui/cn";

/** The languages by their own names, for whoever cannot read the page as it is. */
export function LanguageChoice() {
  const t = useTranslations("ui.language");
  const current = languageOf(useLocale());
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form, and this is none
    <div role="group" aria-label={t("title")} className="mt-8 flex justify-center gap-1 text-xs">
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === current}
          onClick={() => chooseLanguage(language)}
          className={cn(
            "min-h-6 rounded-sm px-2",
            language === current ? "font-medium text-ink" : "text-muted hover:text-ink",
          )}
        >
          {languageLabels[language]}
        </button>
      ))}
    </div>
  );
}

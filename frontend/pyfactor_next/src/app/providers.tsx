"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { DirectionProvider } from "@base-ui/react/direction-provider";
import { type ReactNode, useEffect } from "react";
import { IntlProvider, type Messages } from "use-intl";
import { directionOf } from "@/i18n/languages";
import type { Locale } from "@/i18n/locale";

interface ProvidersProps {
  nonce: string | undefined;
  locale: Locale;
  /** What any page may say; the rest comes with its section (i18n/section.tsx). */
  texts: Partial<Messages>;
  children: ReactNode;
}

/** What every page needs. Pages inside a business have AppProviders too. */
export function Providers({ nonce, locale, texts, children }: ProvidersProps) {
  // From here on clicks and keys arrive; whoever drives the page by program waits for it.
  useEffect(() => {
    document.documentElement.dataset["alive"] = "";
  }, []);
  return (
    <CSPProvider {...(nonce ? { nonce } : {})}>
      <DirectionProvider direction={directionOf(locale.language)}>
        <IntlProvider locale={locale.tag} messages={texts} timeZone="UTC">
          {children}
        </IntlProvider>
      </DirectionProvider>
    </CSPProvider>
  );
}

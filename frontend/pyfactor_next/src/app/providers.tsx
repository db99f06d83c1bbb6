"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import type { messages } from "@/i18n/messages";
import { sharedMessages } from "@/i18n/shared-messages";

interface ProvidersProps {
  nonce: string | undefined;
  /** English, with the dates and numbers of the visitor's region. */
  locale: string;
  children: ReactNode;
}

/** What every page needs. Pages inside a business have AppProviders too. */
export function Providers({ nonce, locale, children }: ProvidersProps) {
  // Typed as all of them: sections below add theirs before anything asks.
  const texts = sharedMessages as typeof messages;
  return (
    <CSPProvider {...(nonce ? { nonce } : {})}>
      <IntlProvider locale={locale} messages={texts} timeZone="UTC">
        {children}
      </IntlProvider>
    </CSPProvider>
  );
}

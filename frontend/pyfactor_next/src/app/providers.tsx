"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import type { messages } from "@/i18n/messages";
import { sharedMessages } from "@/i18n/shared-messages";

/** What every page needs. Pages inside a business have AppProviders too. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  // Typed as all of them: sections below add theirs before anything asks.
  const texts = sharedMessages as typeof messages;
  return (
    <CSPProvider {...(nonce ? { nonce } : {})}>
      <IntlProvider locale="en" messages={texts} timeZone="UTC">
        {children}
      </IntlProvider>
    </CSPProvider>
  );
}

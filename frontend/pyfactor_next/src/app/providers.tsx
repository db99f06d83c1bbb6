"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import { messages } from "@/i18n/messages";

/** What every page needs. Pages inside a business have AppProviders too. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <CSPProvider {...(nonce ? { nonce } : {})}>
      <IntlProvider locale="en" messages={messages} timeZone="UTC">
        {children}
      </IntlProvider>
    </CSPProvider>
  );
}

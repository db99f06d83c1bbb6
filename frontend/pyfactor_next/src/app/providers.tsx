"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { IntlProvider } from "use-intl";
import { isApiError } from "@/api";
import { createQueryClient } from "@/api/query-client";
import { messages } from "@/i18n/messages";
import { ShortcutProvider } from "@/ui/shortcuts/shortcuts";
import { ToastProvider, toast } from "@/ui/toast";
import { TooltipProvider } from "@/ui/tooltip";

function onStaleError(error: unknown): void {
  toast.error(messages.common.errors.stale, {
    reference: isApiError(error) ? error.requestId : undefined,
  });
}

export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [client] = useState(() => createQueryClient(onStaleError));
  return (
    <CSPProvider {...(nonce ? { nonce } : {})}>
      <NuqsAdapter>
        <QueryClientProvider client={client}>
          <IntlProvider locale="en" messages={messages} timeZone="UTC">
            <TooltipProvider delay={500} closeDelay={0}>
              <ShortcutProvider>
                <ToastProvider>{children}</ToastProvider>
              </ShortcutProvider>
            </TooltipProvider>
          </IntlProvider>
        </QueryClientProvider>
      </NuqsAdapter>
    </CSPProvider>
  );
}

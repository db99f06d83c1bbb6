"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
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

/** Data, address state, keys, toasts: what a page of a business is made with. */
export function AppProviders({ children }: { children: ReactNode }) {
  const [client] = useState(() => createQueryClient(onStaleError));
  return (
    <NuqsAdapter>
      <QueryClientProvider client={client}>
        <TooltipProvider delay={500} closeDelay={0}>
          <ShortcutProvider>
            <ToastProvider>{children}</ToastProvider>
          </ShortcutProvider>
        </TooltipProvider>
      </QueryClientProvider>
    </NuqsAdapter>
  );
}

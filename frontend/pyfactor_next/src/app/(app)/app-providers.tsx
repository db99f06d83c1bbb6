"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { createQueryClient } from "@/api/query-client";
import { ShortcutProvider } from "@/ui/shortcuts/shortcuts";
import { toast } from "@/ui/toast";

// Nobody needs these before the page has been drawn.
const ToastHost = dynamic(() => import("@/ui/toast-host").then((m) => m.ToastHost), { ssr: false });
const TooltipLayer = dynamic(() => import("@/ui/tooltip-layer").then((m) => m.TooltipLayer), {
  ssr: false,
});

/** Data, address state, keys, toasts: what a page of a business is made with. */
export function AppProviders({ children }: { children: ReactNode }) {
  const t = useTranslations("common.errors");
  const [client] = useState(() =>
    createQueryClient((error) =>
      toast.error(t("stale"), { reference: isApiError(error) ? error.requestId : undefined }),
    ),
  );
  return (
    <NuqsAdapter>
      <QueryClientProvider client={client}>
        <ShortcutProvider>{children}</ShortcutProvider>
        <ToastHost />
        <TooltipLayer />
      </QueryClientProvider>
    </NuqsAdapter>
  );
}
